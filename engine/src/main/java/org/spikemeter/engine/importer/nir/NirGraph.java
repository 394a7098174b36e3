package org.spikemeter.engine.importer.nir;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.spikemeter.engine.FormatException;

/**
 * The nodes of a file and how they hang together: nested graphs laid open, delays put into the edges, cycles cut.
 */
final class NirGraph {
    private static final int MAX_DEPTH = 32;
    /** Delays in parallel, one behind the other, multiply edges. */
    private static final int MAX_LINKS = 1 << 16;
    /** Times that one group may be a node: links to a group that links to another multiply. */
    private static final int MAX_VISITS = 8;
    private static final String INPUT = "Input";
    private static final String OUTPUT = "Output";
    private static final String GRAPH = "NIRGraph";
    /** Longest delay, in steps. */
    private static final int MAX_DELAY = 1 << 16;
    /** Different delays that one node may have: each becomes a layer. */
    private static final int MAX_DELAYS = 1 << 10;
    /** The primitive of delays; where its neurons have different ones, also the type of its parts. */
    static final String DELAY = "Delay";

    /** Nodes by their full names: those of nested graphs have the graph's name and a dot before theirs. */
    private final Map<String, Hdf5Group> nodes = new TreeMap<>();
    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, Set<Link>> linksFrom = new TreeMap<>();
    private final Map<String, Set<Link>> linksInto = new TreeMap<>();
    private final Map<Long, Integer> visits = new HashMap<>();
    private int links;
    private int numbers;
    /** Delay in steps of each part of a split node. */
    private final Map<String, Integer> parts = new HashMap<>();
    private final double dt;

    /**
     * An edge and its delay in steps.
     *
     * @param number of its own: two delays between the same nodes are two edges, even where both take as long
     */
    record Link(String source, String target, int delay, int number) {}

    /**
     * Reads a graph.
     *
     * @param dt length of a step in s
     */
    NirGraph(final Hdf5Group root, final double dt) throws IOException {
        this.dt = dt;
        read(root, "", 0);
        dissolve();
        requireEnds();
        cutCycles(root);
    }

    private void read(final Hdf5Group graph, final String prefix, final int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw graph.fail("graphs are nested more than " + MAX_DEPTH + " deep");
        }
        final Hdf5Group members = graph.group("nodes");
        final Set<Link> named = new HashSet<>();
        for (final String name : members.groups()) {
            final Hdf5Group node = members.group(name);
            final String type = node.text("type");
            if (visits.merge(node.address(), 1, Integer::sum) > MAX_VISITS) {
                throw node.fail("is found more than " + MAX_VISITS
                    + " times: graphs are nested in themselves, or shared");
            }
            if (type.equals(GRAPH)) {
                read(node, prefix + name + ".", depth + 1);
            } else if (nodes.put(prefix + name, node) != null) {
                throw node.fail("two nodes are called '" + prefix + name + "'");
            } else {
                types.put(prefix + name, type);
            }
        }
        for (final String[] edge : graph.texts("edges", 2)) {
            final String source = end(graph, members, prefix, edge[0], OUTPUT);
            final String target = end(graph, members, prefix, edge[1], INPUT);
            if (!named.add(new Link(source, target, 0, 0))) {
                throw graph.fail("'edges' has " + edge[0] + " -> " + edge[1] + " twice");
            }
            add(graph, source, target, 0);
        }
    }

    /** The node that an edge begins or ends at: where that is a nested graph, its output or input. */
    private String end(
        final Hdf5Group graph, final Hdf5Group members, final String prefix, final String name, final String port)
        throws IOException {
        String full = prefix + name;
        Hdf5Group inside = members;
        String local = name;
        for (int depth = 0; depth <= MAX_DEPTH; depth++) {
            if (!inside.has(local)) {
                throw graph.fail("'edges' names '" + name + "', expected one of " + members.groups());
            }
            final Hdf5Group node = inside.group(local);
            if (!node.text("type").equals(GRAPH)) {
                return full;
            }
            inside = node.group("nodes");
            final List<String> ports = new ArrayList<>();
            for (final String child : inside.groups()) {
                if (inside.group(child).text("type").equals(port)) {
                    ports.add(child);
                }
            }
            if (ports.size() != 1) {
                throw node.fail("has " + ports.size() + " nodes of type " + port + ", an edge to the graph needs one");
            }
            local = ports.getFirst();
            full = full + "." + local;
        }
        throw graph.fail("graphs are nested more than " + MAX_DEPTH + " deep");
    }

    /** Takes out nodes that only pass on: inputs and outputs of nested graphs, outputs, delays. */
    private void dissolve() throws IOException {
        for (final String name : new ArrayList<>(nodes.keySet())) {
            final boolean nested = name.indexOf('.') >= 0 && isInner(name);
            final String type = types.get(name);
            if (type.equals(DELAY)) {
                final SortedSet<Integer> steps = delays(name);
                if (steps.size() > 1) {
                    split(name, steps);
                } else {
                    passOn(name, steps.first());
                }
            } else if (nested && (type.equals(INPUT) || type.equals(OUTPUT))) {
                passOn(name, 0);
            }
        }
    }

    /** Takes a node out: what it reads goes to what reads it. */
    private void passOn(final String name, final int delay) throws FormatException {
        final List<Link> before = into(name);
        final List<Link> after = from(name);
        requireNoLoop(nodes.get(name), name, after);
        before.forEach(this::remove);
        after.forEach(this::remove);
        for (final Link in : before) {
            for (final Link out : after) {
                add(nodes.get(name), in.source(), out.target(), in.delay() + out.delay() + delay);
            }
        }
        nodes.remove(name);
        types.remove(name);
    }

    private static void requireNoLoop(final Hdf5Group node, final String name, final List<Link> after)
        throws FormatException {
        if (after.stream().anyMatch(link -> link.target().equals(name))) {
            throw node.fail("leads back to itself by nothing but delays, inputs and outputs");
        }
    }

    /** An Input has nothing before it, an Output nothing behind it. */
    private void requireEnds() throws FormatException {
        for (final String input : ofType(INPUT)) {
            if (!into(input).isEmpty()) {
                throw nodes.get(input).fail("is an Input that '" + into(input).getFirst().source() + "' leads to");
            }
        }
        for (final String output : ofType(OUTPUT)) {
            if (!from(output).isEmpty()) {
                throw nodes.get(output).fail("is an Output that leads to '" + from(output).getFirst().target() + "'");
            }
        }
    }

    /** Makes a node for each delay: it lets those neurons pass that have it. */
    private void split(final String name, final SortedSet<Integer> steps) throws FormatException {
        final Hdf5Group node = nodes.remove(name);
        final String type = types.remove(name);
        final List<Link> before = into(name);
        final List<Link> after = from(name);
        requireNoLoop(node, name, after);
        before.forEach(this::remove);
        after.forEach(this::remove);
        for (final int delay : steps) {
            final String part = name + "@" + delay;
            if (nodes.put(part, node) != null) {
                throw node.fail("two nodes are called '" + part + "'");
            }
            types.put(part, type);
            parts.put(part, delay);
            for (final Link in : before) {
                add(node, in.source(), part, in.delay());
            }
            for (final Link out : after) {
                add(node, part, out.target(), out.delay() + delay);
            }
        }
    }

    /** Steps of the neurons that a node lets pass, which stands for those of a Delay that have this delay. */
    int delayOfPart(final String name) {
        return parts.get(name);
    }

    /** Names may have dots of their own: a node is inner where a graph around it gave it its name. */
    private boolean isInner(final String name) {
        return nodes.get(name).place().split("/nodes/").length > 2;
    }

    /** The different delays of a node, in steps. */
    private SortedSet<Integer> delays(final String name) throws IOException {
        final Hdf5Group node = nodes.get(name);
        final SortedSet<Integer> steps = new TreeSet<>();
        for (final double seconds : node.numbers("delay")) {
            steps.add(steps(node, seconds));
        }
        if (steps.isEmpty() || steps.size() > MAX_DELAYS) {
            throw node.fail("'delay' has " + steps.size() + " different values, expected 1 to " + MAX_DELAYS);
        }
        return steps;
    }

    /** A delay in steps. */
    int steps(final Hdf5Group node, final double seconds) throws FormatException {
        final double steps = Math.rint(seconds / dt);
        if (!(steps >= 0 && steps <= MAX_DELAY)) {
            throw node.fail("'delay' is " + seconds + " s, " + steps + " steps of " + dt + " s: expected 0 to "
                + MAX_DELAY);
        }
        return (int) steps;
    }

    /** Makes the edges that close a cycle take a step; walks from the inputs, by names. */
    private void cutCycles(final Hdf5Group root) throws FormatException {
        final Set<String> open = new HashSet<>();
        final Set<String> done = new HashSet<>();
        final Set<Link> back = new LinkedHashSet<>();
        for (final String start : starts()) {
            walk(root, start, open, done, back, 0);
        }
        for (final Link link : back) {
            remove(link);
            add(root, link.source(), link.target(), 1);
        }
    }

    private List<String> starts() {
        final List<String> starts = new ArrayList<>(ofType(INPUT));
        nodes.keySet().stream().filter(name -> !starts.contains(name)).forEach(starts::add);
        return starts;
    }

    private void walk(
        final Hdf5Group root, final String name, final Set<String> open, final Set<String> done,
        final Set<Link> back, final int depth) throws FormatException {
        if (depth > 10_000) {
            throw root.fail("has a path of more than " + depth + " nodes");
        }
        if (done.contains(name)) {
            return;
        }
        open.add(name);
        for (final Link link : from(name)) {
            if (link.delay() > 0) {
                continue;
            }
            if (open.contains(link.target())) {
                back.add(link);
            } else {
                walk(root, link.target(), open, done, back, depth + 1);
            }
        }
        open.remove(name);
        done.add(name);
    }

    private void add(final Hdf5Group place, final String source, final String target, final int delay)
        throws FormatException {
        final Link link = new Link(source, target, delay, numbers);
        numbers++;
        linksFrom.computeIfAbsent(source, _ -> new LinkedHashSet<>()).add(link);
        linksInto.computeIfAbsent(target, _ -> new LinkedHashSet<>()).add(link);
        links++;
        if (links > MAX_LINKS) {
            throw place.fail("has more than " + MAX_LINKS + " edges, with what leads through delays");
        }
    }

    private void remove(final Link link) {
        // one that leads from a node to itself is among those before and those after
        if (linksFrom.getOrDefault(link.source(), Set.of()).remove(link)) {
            linksInto.get(link.target()).remove(link);
            links--;
        }
    }

    private List<Link> from(final String name) {
        return linksFrom.getOrDefault(name, Set.of()).stream()
            .sorted((a, b) -> a.target().compareTo(b.target())).toList();
    }

    List<Link> into(final String name) {
        return linksInto.getOrDefault(name, Set.of()).stream()
            .sorted((a, b) -> a.source().compareTo(b.source())).toList();
    }

    List<String> ofType(final String type) {
        return types.entrySet().stream().filter(entry -> entry.getValue().equals(type)).map(Map.Entry::getKey)
            .toList();
    }

    Hdf5Group node(final String name) {
        return nodes.get(name);
    }

    String type(final String name) {
        return types.get(name);
    }

    List<String> inputs() {
        return ofType(INPUT);
    }

    /** Nodes that the outputs read. */
    List<String> results() {
        return ofType(OUTPUT).stream().flatMap(output -> into(output).stream()).map(Link::source).toList();
    }

    /**
     * The first node that reads one before it: its shape is known then. What an output reads comes last, so it is
     * before none.
     */
    private String next(final List<String> ready, final List<String> order) {
        final Set<String> before = new HashSet<>(order);
        final List<String> results = results();
        if (!results.isEmpty()) {
            before.remove(results.getLast());
        }
        for (final String name : ready) {
            final List<Link> into = into(name);
            if (into.isEmpty() || into.stream().anyMatch(link -> before.contains(link.source()))) {
                return name;
            }
        }
        return ready.getFirst();
    }

    /** All nodes but inputs and outputs, each behind what it reads without delay; the result of an output last. */
    List<String> order(final Hdf5Group root) throws FormatException {
        final Map<String, Integer> waiting = new LinkedHashMap<>();
        for (final String name : nodes.keySet()) {
            waiting.put(name, (int) into(name).stream().filter(link -> link.delay() == 0).count());
        }
        final List<String> order = new ArrayList<>();
        final List<String> ready = new ArrayList<>();
        waiting.forEach((name, count) -> {
            if (count == 0) {
                ready.add(name);
            }
        });
        while (!ready.isEmpty()) {
            final String name = next(ready, order);
            ready.remove(name);
            order.add(name);
            for (final Link link : from(name)) {
                if (link.delay() == 0 && waiting.merge(link.target(), -1, Integer::sum) == 0) {
                    ready.add(link.target());
                }
            }
        }
        if (order.size() < nodes.size()) {
            throw root.fail("'edges' has a cycle that no input reaches");
        }
        order.removeIf(name -> type(name).equals(INPUT) || type(name).equals(OUTPUT));
        final List<String> results = results();
        // one that other nodes read in the same step must stay before them
        if (!results.isEmpty() && from(results.getLast()).stream().noneMatch(link -> link.delay() == 0
            && !type(link.target()).equals(OUTPUT)) && order.remove(results.getLast())) {
            order.add(results.getLast());
        }
        return order;
    }

    /** The last Output; null where there is none. */
    String output() {
        final List<String> outputs = ofType(OUTPUT);
        return outputs.isEmpty() ? null : outputs.getLast();
    }
}
