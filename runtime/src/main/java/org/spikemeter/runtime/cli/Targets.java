package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The files that a command will write: none may be one that it reads, nor one that it writes too. */
final class Targets {
    private final CommandLine command;
    private final List<Path> inputs = new ArrayList<>();
    private final List<Path> targets = new ArrayList<>();
    private final List<String> options = new ArrayList<>();

    /**
     * Nothing will be written.
     *
     * @param inputs what is read; those that are null are left out
     */
    Targets(final CommandLine command, final List<Path> inputs) {
        this.command = command;
        inputs.stream().filter(input -> input != null).forEach(this.inputs::add);
    }

    /**
     * Adds a file that will be written; null for none.
     *
     * @param option what names it
     * @throws ParameterException where it is one of the others, also through a link
     */
    Targets add(final String option, final Path target) throws IOException {
        if (target == null) {
            return this;
        }
        for (final Path input : inputs) {
            if (isSame(target, input)) {
                throw new ParameterException(command, option + " " + target + ": would write over the input " + input);
            }
        }
        for (int i = 0; i < targets.size(); i++) {
            if (isSame(target, targets.get(i))) {
                throw new ParameterException(command, options.get(i) + " and " + option + " name the same file, "
                    + target);
            }
        }
        targets.add(target);
        options.add(option);
        return this;
    }

    /** True where two paths lead to one file, there or not; what is no file, such as a device, may be both. */
    static boolean isSame(final Path a, final Path b) throws IOException {
        if (Files.exists(a) && Files.exists(b)) {
            return Files.isRegularFile(a) && Files.isSameFile(a, b);
        }
        return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }
}
