package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program: picks the command, and turns whatever goes wrong into one line and an exit code. */
@Command(name = "spikemeter", mixinStandardHelpOptions = true, version = Spikemeter.VERSION,
    subcommands = {RunCommand.class, AuditCommand.class, InspectCommand.class, VerifyCommand.class,
        ConvertNetworkCommand.class, ConvertCommand.class, InfoCommand.class, PreviewCommand.class, DvsCommand.class,
        LiveCommand.class, SendCommand.class},
    description = {"Runs spiking neural networks event by event and meters what they do;",
        "converts, shows and simulates recordings of event cameras."},
    footer = "'spikemeter COMMAND --help' has the options of a command.")
public final class Spikemeter {
    static final String VERSION = "spikemeter 0.1.0";

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String TRACE_VARIABLE = "SPIKEMETER_TRACE";

    private Spikemeter() {
    }

    /** Runs a command and exits with its code. */
    public static void main(final String[] arguments) {
        final int code = execute(new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments);
        System.exit(code);
    }

    /**
     * Runs a command.
     *
     * @param out where data goes
     * @param err where messages go
     * @return 0 done, 1 failed, 2 wrong usage
     */
    public static int execute(final PrintWriter out, final PrintWriter err, final String... arguments) {
        final CommandLine program = new CommandLine(new Spikemeter());
        program.setOut(out).setErr(err).setUsageHelpAutoWidth(false);
        program.getSubcommands().values().forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        program.getSubcommands().values().forEach(command -> command.getCommandSpec().version(VERSION));
        program.setParameterExceptionHandler((exception, args) -> wrongUsage(err, exception));
        program.setExecutionExceptionHandler((exception, command, result) -> {
            if (exception instanceof ParameterException wrong) {
                return wrongUsage(err, wrong);
            }
            return failed(err, exception);
        });
        int code;
        try {
            code = program.execute(arguments);
        } catch (final OutOfMemoryError e) {
            code = failed(err, e);
        }
        // a full disk, or a reader that has gone: printing itself says nothing
        if (out.checkError() && code == 0) {
            code = failed(err, new IOException("standard output: cannot write all of it"));
        }
        return code;
    }

    private static int wrongUsage(final PrintWriter err, final ParameterException exception) {
        final String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        err.println(command + ": " + oneLine(exception.getMessage()));
        err.println("Try '" + command + " --help'.");
        return WRONG_USAGE;
    }

    /**
     * Tells what went wrong, in one line.
     *
     * @return the exit code for it
     */
    static int failed(final PrintWriter err, final Throwable thrown) {
        if (System.getenv(TRACE_VARIABLE) != null) {
            thrown.printStackTrace(err);
        }
        err.println("spikemeter: " + oneLine(message(thrown)));
        return FAILED;
    }

    private static String message(final Throwable thrown) {
        return switch (thrown) {
            case UncheckedIOException unchecked -> message(unchecked.getCause());
            case NoSuchFileException missing when missing.getReason() == null -> missing.getFile() + ": no such file";
            case AccessDeniedException denied when denied.getReason() == null ->
                denied.getFile() + ": permission denied";
            case FileSystemException failure when failure.getReason() != null ->
                failure.getFile() + ": " + failure.getReason();
            case IOException failure when failure.getMessage() != null -> failure.getMessage();
            case IllegalArgumentException wrong when wrong.getMessage() != null -> wrong.getMessage();
            case IllegalStateException wrong when wrong.getMessage() != null -> wrong.getMessage();
            case OutOfMemoryError _ -> "not enough memory (" + Runtime.getRuntime().maxMemory() / (1 << 20)
                + " MB of heap): give more with SPIKEMETER_OPTS=-Xmx4g";
            default -> "internal error: " + thrown + " (set " + TRACE_VARIABLE + "=1 to see where)";
        };
    }

    private static String oneLine(final String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
