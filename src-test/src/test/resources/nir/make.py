"""Makes the small NIR graphs beside it, for tests: python3 make.py (needs h5py)."""
import h5py
import numpy


def graph(group, nodes, edges):
    group["type"] = "NIRGraph"
    members = group.create_group("nodes")
    for name, fields in nodes.items():
        node = members.create_group(name)
        if callable(fields):
            fields(node)
            continue
        for key, value in fields.items():
            node[key] = value
    group.create_dataset("edges", data=numpy.array(edges, dtype=object).reshape(-1, 2), dtype=h5py.string_dtype())


def write(name, nodes, edges, version="1.0.6"):
    with h5py.File(name + ".nir", "w") as file:
        file["version"] = version
        graph(file.create_group("node"), nodes, edges)


def f(*values):
    return numpy.array(values, dtype=numpy.float32)


def node(kind, **fields):
    return {"type": kind, **fields}


W = numpy.arange(-3, 3, dtype=numpy.float32).reshape(2, 3) / 4
INPUT = node("Input", shape=[3])
OUTPUT = node("Output", shape=[2])
LIF = node("LIF", tau=f(3e-4, 5e-4), r=f(1, 2), v_leak=f(0, 0.125), v_threshold=f(0.25, 0.5), v_reset=f(0, -0.25))
CHAIN = [("input", "fc"), ("fc", "lif"), ("lif", "output")]

write("flat", {"input": INPUT, "fc": node("Affine", weight=W, bias=f(0.5, 0.25)), "lif": LIF, "output": OUTPUT}, CHAIN)


def inner(group):
    graph(group, {"in": INPUT, "fc": node("Affine", weight=W, bias=f(0.5, 0.25)), "lif": LIF, "out": OUTPUT},
          [("in", "fc"), ("fc", "lif"), ("lif", "out")])


write("nested", {"input": INPUT, "sub": inner, "output": OUTPUT}, [("input", "sub"), ("sub", "output")])

write("branches", {
    "input": INPUT, "a": node("Linear", weight=W), "b": node("Linear", weight=-2 * W), "late": node("Delay", delay=f(2e-4, 2e-4)),
    "if": node("IF", r=f(1), v_threshold=f(1)), "output": OUTPUT},
    [("input", "a"), ("input", "b"), ("b", "late"), ("a", "if"), ("late", "if"), ("if", "output")])

write("two-inputs", {
    "left": node("Input", shape=[3]), "right": node("Input", shape=[2]), "fc": node("Linear", weight=W),
    "if": node("IF", r=f(10000), v_threshold=f(1)), "output": OUTPUT},
    [("left", "fc"), ("fc", "if"), ("right", "if"), ("if", "output")])

write("line", {
    "input": node("Input", shape=[2, 6]),
    "conv": node("Conv1d", weight=numpy.arange(12, dtype=numpy.float32).reshape(2, 2, 3) / 8 - 0.5, bias=f(0, 0.25), stride=1, padding="same",
                 dilation=1, groups=1, input_shape=6),
    "scale": node("Scale", scale=numpy.repeat(f(2, -1), 6).reshape(2, 6)), "threshold": node("Threshold", threshold=f(0.5)),
    "flatten": node("Flatten", start_dim=0, end_dim=-1, input_type=[2, 6]),
    "fc": node("Linear", weight=numpy.ones((2, 12), dtype=numpy.float32)),
    "li": node("LI", tau=f(4e-4), r=f(1), v_leak=f(0)), "output": OUTPUT},
    [("input", "conv"), ("conv", "scale"), ("scale", "threshold"), ("threshold", "flatten"), ("flatten", "fc"), ("fc", "li"),
     ("li", "output")])

write("currents", {
    "input": INPUT, "fc": node("Linear", weight=W),
    "cuba": node("CubaLI", tau_syn=f(2e-4, 4e-4), tau_mem=f(5e-4, 8e-4), r=f(2, 1), v_leak=f(0.5, 0), w_in=f(1, 3)),
    "i": node("I", r=f(2500, 5000)), "output": OUTPUT},
    [("input", "fc"), ("fc", "cuba"), ("cuba", "i"), ("i", "output")])

# what must be refused
write("unknown-type", {"input": INPUT, "fc": node("Perceptron", weight=W), "lif": LIF, "output": OUTPUT}, CHAIN)
write("unknown-node", {"input": INPUT, "lif": LIF, "output": OUTPUT}, CHAIN)
write("no-type", {"input": INPUT, "fc": {"weight": W}, "lif": LIF, "output": OUTPUT}, CHAIN)
write("text-weight", {"input": INPUT, "fc": node("Linear", weight="many"), "lif": LIF, "output": OUTPUT}, CHAIN)
write("nan-weight", {"input": INPUT, "fc": node("Linear", weight=W * numpy.nan), "lif": LIF, "output": OUTPUT}, CHAIN)
write("negative-tau", {"input": INPUT, "fc": node("Linear", weight=W), "lif": {**LIF, "tau": f(-1, 1)}, "output": OUTPUT}, CHAIN)
write("wrong-size", {"input": INPUT, "fc": node("Linear", weight=W.T.copy()), "lif": LIF, "output": OUTPUT}, CHAIN)
write("huge-input", {"input": node("Input", shape=[2**40]), "fc": node("Linear", weight=W), "lif": LIF, "output": OUTPUT}, CHAIN)
write("big-product", {"input": node("Input", shape=[65536, 65536, 65536]), "fc": node("Linear", weight=W), "lif": LIF,
                      "output": OUTPUT}, CHAIN)
write("no-input", {"fc": node("Linear", weight=W), "lif": LIF, "output": OUTPUT}, CHAIN[1:])
write("only-cycle", {"input": INPUT, "fc": node("Linear", weight=numpy.ones((2, 2), dtype=numpy.float32)), "lif": LIF, "output": OUTPUT},
      [("fc", "lif"), ("lif", "fc"), ("lif", "output")])


def huge(group):
    group["type"] = "Linear"
    group.create_dataset("weight", shape=(2**31 - 1, 2**20), chunks=(1, 1024), dtype="f4")


write("huge-claim", {"input": INPUT, "fc": huge, "lif": LIF, "output": OUTPUT}, CHAIN)
with h5py.File("edges-of-numbers.nir", "w") as file:
    graph(file.create_group("node"), {"input": INPUT, "output": OUTPUT}, [])
    del file["node/edges"]
    file["node/edges"] = numpy.zeros((3, 2))
with h5py.File("cyclic-link.nir", "w") as file:
    graph(file.create_group("node"), {"input": INPUT, "output": OUTPUT}, [("input", "output")])
    file["node/nodes/again"] = file["node"]
with h5py.File("soft-loop.nir", "w") as file:
    file["node"] = h5py.SoftLink("/other")
    file["other"] = h5py.SoftLink("/node")
with h5py.File("other.nir", "w") as file:
    file["data"] = numpy.zeros(3)
