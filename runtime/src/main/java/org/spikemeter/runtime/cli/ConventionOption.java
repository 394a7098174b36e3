package org.spikemeter.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.spikemeter.engine.convention.Convention;
import org.spikemeter.engine.convention.Conventions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Conventions by their names, with commas between; {@link #ALL} for all. */
final class ConventionOption implements ITypeConverter<List<Convention>> {
    static final String ALL = "all";

    @Override
    public List<Convention> convert(final String names) {
        if (names.equals(ALL)) {
            return Conventions.all();
        }
        final List<Convention> chosen = new ArrayList<>();
        for (final String name : names.split(",", -1)) {
            chosen.add(Conventions.all().stream().filter(c -> c.name().equals(name)).findFirst()
                .orElseThrow(() -> new TypeConversionException("no convention '" + name + "': expected one of "
                    + Conventions.all().stream().map(Convention::name).collect(Collectors.joining(", ")))));
        }
        return List.copyOf(chosen);
    }
}
