package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.engine.io.AtomicFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about where events are written, and in which format. */
final class OutputOptions {
    private static final String STANDARD_OUTPUT = "-";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FILE|FOLDER",
        description = "Where to write them: a file, - for standard output, or a folder, where inputs keep their"
            + " names.")
    private String output;

    @Option(names = "--to", paramLabel = "NAME[:VARIANT]",
        completionCandidates = FormatNames.class,
        description = "Format to write (from the file's ending; a folder and - need it): ${COMPLETION-CANDIDATES}.")
    private String to;

    /** An input, and the file that it becomes; null for standard output. */
    record Job(Path input, Path target) {}

    /**
     * What is to be written from where.
     *
     * @param jobs one an input, none of which writes over an input or what another one writes
     */
    record Plan(EventFormats.Choice format, List<Job> jobs) {}

    /**
     * Checks the options against the inputs.
     *
     * @throws ParameterException where they do not go together
     * @throws IOException where a target could not be written
     */
    Plan plan(final List<Path> inputs) throws IOException {
        final boolean isStream = output.equals(STANDARD_OUTPUT);
        final boolean isFolder = !isStream && (inputs.size() > 1 || Files.isDirectory(Path.of(output)));
        if (isStream && inputs.size() > 1) {
            throw wrong("-o - takes one input, found " + inputs.size());
        }
        if (to == null && (isStream || isFolder)) {
            throw wrong("-o " + output + (isStream ? "" : Files.isDirectory(Path.of(output)) ? " is a folder"
                : " is to be a folder, for " + inputs.size() + " inputs") + ": --to says in which format to write");
        }
        final EventFormats.Choice format = format();
        final List<Job> jobs = new ArrayList<>();
        for (final Path input : inputs) {
            final Path target = isStream ? null
                : isFolder ? Path.of(output).resolve(name(input, format)) : Path.of(output);
            if (target != null) {
                requireFree(target, inputs, jobs);
            }
            jobs.add(new Job(input, target));
        }
        if (isFolder) {
            requireFolder(Path.of(output));
        } else if (!isStream) {
            AtomicFile.requireWritable(Path.of(output));
        }
        return new Plan(format, jobs);
    }

    private EventFormats.Choice format() {
        try {
            return to == null ? EventFormats.byEnding(Path.of(output)) : EventFormats.named(to);
        } catch (final IllegalArgumentException e) {
            throw wrong((to == null ? "-o " : "--to: ") + e.getMessage());
        }
    }

    /** The input's name with the format's usual ending. */
    private static String name(final Path input, final EventFormats.Choice format) {
        final String name = input.toAbsolutePath().normalize().getFileName().toString();
        final int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + format.format().endings().getFirst();
    }

    private void requireFree(final Path target, final List<Path> inputs, final List<Job> before) throws IOException {
        for (final Path input : inputs) {
            if (Targets.isSame(target, input)) {
                throw wrong("-o " + output + ": would write over the input " + input);
            }
        }
        for (final Job job : before) {
            if (job.target.equals(target)) {
                throw wrong(job.input + " and " + inputs.get(before.size()) + " would both be written to " + target);
            }
        }
    }

    private void requireFolder(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectory(folder);
        } else if (!Files.isDirectory(folder)) {
            throw wrong("-o " + folder + ": expected a folder for several inputs");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
