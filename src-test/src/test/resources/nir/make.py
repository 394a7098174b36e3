"""Makes the small NIR graphs beside it, and hostile.zip, for tests: python3 make.py (needs h5py)."""
import os
import shutil
import zipfile
import zlib

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


def write(name, nodes, edges, version="1.0.6", libver="earliest"):
    with h5py.File(name + ".nir", "w", libver=libver) as file:
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

write("delays", {
    "input": INPUT, "late": node("Delay", delay=f(0, 2e-4, 5e-4)), "fc": node("Linear", weight=W),
    "li": node("LI", tau=f(4e-4), r=f(1), v_leak=f(0)), "output": OUTPUT},
    [("input", "late"), ("late", "fc"), ("fc", "li"), ("li", "output")])

# the output is read by a node that leads back to it
write("recurrent-output", {
    "input": INPUT, "fc": node("Linear", weight=W), "if": node("IF", r=f(1), v_threshold=f(0.5)),
    "back": node("Linear", weight=numpy.array([[0.5, -0.25], [0.25, -0.5]], dtype=numpy.float32)), "output": OUTPUT},
    [("input", "fc"), ("fc", "if"), ("if", "back"), ("back", "if"), ("if", "output")])
# an output of two nodes, one of them late
write("summed-output", {
    "input": INPUT, "fc": node("Linear", weight=W), "other": node("Linear", weight=2 * W),
    "late": node("Delay", delay=f(1e-4)), "output": OUTPUT},
    [("input", "fc"), ("input", "other"), ("other", "late"), ("fc", "output"), ("late", "output")])

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

write("factors", {
    "input": node("Input", shape=[2, 4]), "scale": node("Scale", scale=numpy.arange(-3, 5, dtype=numpy.float32).reshape(2, 4)),
    "conv": node("Conv1d", weight=numpy.arange(8, dtype=numpy.float32).reshape(2, 2, 2) / 8 - 0.5, bias=f(0, 0.25), stride=1,
                 padding="same", dilation=1, groups=1, input_shape=4),
    "output": node("Output", shape=[2, 4])},
    [("input", "scale"), ("scale", "conv"), ("conv", "output")])

write("currents", {
    "input": INPUT, "fc": node("Linear", weight=W),
    "cuba": node("CubaLI", tau_syn=f(2e-4, 4e-4), tau_mem=f(5e-4, 8e-4), r=f(2, 1), v_leak=f(0.5, 0), w_in=f(1, 3)),
    "i": node("I", r=f(2500, 5000)), "output": OUTPUT},
    [("input", "fc"), ("fc", "cuba"), ("cuba", "i"), ("i", "output")])



def compressed(group):
    group["type"] = "Linear"
    group.create_dataset("weight", data=W, chunks=(1, 2), shuffle=True, compression="gzip", fletcher32=True)


# how HDF5 files of other versions and settings are laid out
write("compressed", {"input": INPUT, "fc": compressed, "lif": LIF, "output": OUTPUT}, CHAIN)
write("latest", {"input": INPUT, "fc": compressed, **{"f%d" % i: node("Flatten") for i in range(9)}, "lif": LIF, "output": OUTPUT},
      [("input", "fc"), ("fc", "f0"), *[("f%d" % i, "f%d" % (i + 1)) for i in range(8)], ("f8", "lif"), ("lif", "output")],
      libver="latest")

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


write("edge-into-input", {"input": INPUT, "fc": node("Linear", weight=numpy.ones((3, 3), dtype=numpy.float32)), "output": INPUT | {"type": "Output"}},
      [("input", "fc"), ("fc", "input"), ("fc", "output")])
write("edge-from-output", {"input": INPUT, "fc": node("Linear", weight=W), "lif": LIF, "output": OUTPUT}, CHAIN[:1] + [("fc", "output"), ("output", "lif")])
write("loop-of-delays", {"input": INPUT, "fc": node("Linear", weight=W), "a": node("Delay", delay=f(1e-4)), "b": node("Delay", delay=f(1e-4)),
                         "lif": LIF, "output": OUTPUT}, CHAIN + [("fc", "a"), ("a", "b"), ("b", "a"), ("b", "lif")])


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

# what is hostile: each must be refused fast and without the memory that it claims; into hostile.zip, which is a tenth of them
os.makedirs("hostile", exist_ok=True)
ONE = {"input": INPUT, "fc": node("Linear", weight=W), "lif": LIF, "output": OUTPUT}


def hostile(name, edges=CHAIN, **nodes):
    write("hostile/" + name, {**ONE, **nodes}, edges)


def linear(make):
    def fill(group):
        group["type"] = "Linear"
        make(group)
    return fill


def patched(name, find, replace):
    with open("hostile/" + name + ".nir", "r+b") as file:
        data = file.read()
        place = find(data)
        file.seek(place)
        file.write(replace(data, place))


def twice():
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((2, 3))
    properties.set_deflate(9)
    properties.set_deflate(9)
    return properties


hostile("weight-bool", fc=node("Linear", weight=W > 0))
hostile("weight-compound", fc=node("Linear", weight=numpy.zeros((2, 3), dtype=[("a", "f4"), ("b", "f4")])))
hostile("weight-opaque", fc=node("Linear", weight=numpy.zeros((2, 3), dtype="V8")))
hostile("weight-enum", fc=linear(lambda g: g.create_dataset(
    "weight", data=numpy.zeros((2, 3), "i4"), dtype=h5py.enum_dtype({"a": 0, "b": 1}, basetype="i4"))))
hostile("weight-ragged", fc=linear(lambda g: g.create_dataset("weight", shape=(2, 3), dtype=h5py.vlen_dtype("f4"))))
hostile("weight-references", fc=linear(lambda g: g.create_dataset(
    "weight", data=numpy.array([[g.ref] * 3] * 2, dtype=h5py.ref_dtype), dtype=h5py.ref_dtype)))
hostile("weight-of-arrays", fc=linear(lambda g: g.create_dataset("weight", shape=(2, 3), dtype="(64,64)f4")))
hostile("weight-empty", fc=linear(lambda g: g.create_dataset("weight", data=h5py.Empty("f4"))))
hostile("weight-scalar", fc=node("Linear", weight=1.5))
hostile("weight-zero-rows", fc=node("Linear", weight=numpy.zeros((0, 3), dtype="f4")))
hostile("weight-group", fc=linear(lambda g: g.create_group("weight")))
hostile("weight-committed-type", fc=linear(lambda g: g.__setitem__("weight", numpy.dtype("f4"))))
hostile("weight-elsewhere", fc=linear(lambda g: g.__setitem__("weight", h5py.ExternalLink("../flat.nir", "/node/nodes/fc/weight"))))
hostile("weight-dangling", fc=linear(lambda g: g.__setitem__("weight", h5py.SoftLink("/nowhere"))))
hostile("weight-soft-cycle", fc=linear(lambda g: (g.__setitem__("weight", h5py.SoftLink(g.name + "/other")),
                                                  g.__setitem__("other", h5py.SoftLink(g.name + "/weight")))))
hostile("weight-bomb", fc=linear(lambda g: g.create_dataset(
    "weight", data=numpy.zeros((2, 2**21), "f4"), compression="gzip", compression_opts=9, chunks=(1, 2**21))))
hostile("weight-double-deflate", fc=linear(lambda g: h5py.h5d.create(
    g.id, b"weight", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((2, 3)), twice()).write_direct_chunk(
        (0, 0), zlib.compress(zlib.compress(bytes(2**24), 9), 9))))
hostile("chunks-many", fc=linear(lambda g: g.create_dataset("weight", shape=(2**13, 2**13), chunks=(1, 1), dtype="f4")))
hostile("chunks-large", fc=linear(lambda g: g.create_dataset(
    "weight", shape=(2, 3), maxshape=(None, None), chunks=(2**24, 1), dtype="f4")))
hostile("chunk-endless", fc=linear(lambda g: g.create_dataset(
    "weight", shape=(2, 3), chunks=(2, 3), dtype="f4", compression="gzip").id.write_direct_chunk(
        (0, 0), zlib.compress(bytes(2**24), 9))))
hostile("chunk-cut", fc=linear(lambda g: g.create_dataset(
    "weight", shape=(2, 3), chunks=(2, 3), dtype="f4", compression="gzip").id.write_direct_chunk(
        (0, 0), zlib.compress(W.tobytes(), 9)[:9])))
hostile("type-of-numbers", fc={"type": 3, "weight": W})
hostile("type-huge", fc={"type": "Linear" * 1500, "weight": W})
hostile("type-claims", fc=lambda g: g.create_dataset("type", shape=(1,), chunks=(1,), dtype="S1000000000"))
hostile("type-list", fc={"type": ["Linear", "Linear"], "weight": W})
hostile("tau-of-texts", lif={**LIF, "tau": ["a", "b"]})
hostile("tau-of-numbers-too-many", lif={**LIF, "tau": numpy.ones(1000, "f4")})
hostile("input-negative", input=node("Input", shape=[-3]))
hostile("input-nothing", input=node("Input", shape=numpy.zeros(0, "i8")))
hostile("input-four", input=node("Input", shape=[1, 1, 1, 3]))
hostile("input-long", input=node("Input", shape=numpy.full(400, 2)))
hostile("input-fraction", input=node("Input", shape=[2.5]))
GRID = {"input": node("Input", shape=[1, 4, 4])}
CONV = {"weight": numpy.ones((2, 1, 3, 3), "f4"), "bias": f(0, 0), "stride": [1, 1], "padding": [0, 0], "dilation": [1, 1], "groups": 1}
for key, values in {"stride": [0, -1, 2**31 - 1, 2**40], "padding": [-1, 2**31 - 1, 2**62], "dilation": [0, 2**31 - 1],
                    "groups": [0, -1, 3, 2**31 - 1]}.items():
    for value in values:
        hostile("conv-%s-%d" % (key, value), **GRID, fc=node("Conv2d", **{**CONV, key: value}))
hostile("conv-grid", **GRID, fc=node("Conv2d", **{**CONV, "padding": [2**19, 2**19]}))
hostile("line-grid", input=node("Input", shape=[1, 4]), fc=node("Conv1d", weight=numpy.ones((2**10, 1, 3), "f4"), stride=1, padding=2**20 - 1,
                                                                dilation=1, groups=1, bias=numpy.zeros(2**10, "f4")))
hostile("matrix-of-a-grid", input=node("Input", shape=[64, 512, 512]))
DELAYS = [(i, k) for i in range(5) for k in range(10 if i < 4 else 7)]
hostile("delays-multiply", edges=CHAIN[:1] + [
    edge for i, k in DELAYS for edge in [("s%d" % i if i else "fc", "d%d%d" % (i, k)), ("d%d%d" % (i, k), "s%d" % (i + 1))]
    ] + [("s5", "lif"), ("lif", "output")],
    **{"d%d%d" % (i, k): node("Delay", delay=f(1e-4 * k * 10**i)) for i, k in DELAYS},
    **{"s%d" % i: node("Delay", delay=f(0)) for i in range(1, 6)})
with h5py.File("hostile/links-multiply.nir", "w", libver="latest") as file:
    graph(file.create_group("node"), ONE, CHAIN)
    inside = file["node"]
    for depth in range(25):
        outside = file.create_group("graph%d" % depth)
        graph(outside, {"in": INPUT, "out": OUTPUT}, [("in", "out")])
        outside["nodes/left"] = inside
        outside["nodes/right"] = inside
        inside = outside
    file.move("node", "first")
    file["node"] = inside
with h5py.File("hostile/links-to-itself.nir", "w") as file:
    graph(file.create_group("node"), ONE, CHAIN)
    file["node/nodes/left"] = file["node"]
    file["node/nodes/right"] = file["node"]
with h5py.File("hostile/links-soft-cycle.nir", "w") as file:
    graph(file.create_group("node"), ONE, CHAIN)
    file["node/nodes/left"] = h5py.SoftLink("/node/nodes/right")
    file["node/nodes/right"] = h5py.SoftLink("/node/nodes/left")
with h5py.File("hostile/nodes-is-data.nir", "w") as file:
    graph(file.create_group("node"), ONE, CHAIN)
    del file["node/nodes"]
    file["node/nodes"] = numpy.zeros(3)
with h5py.File("hostile/edges-are-one-text.nir", "w") as file:
    graph(file.create_group("node"), {**ONE, "l" * 4000: LIF}, [("input", "l" * 4000)] * 100)
    place = file["node/edges"].id.get_offset()
patched("edges-are-one-text", lambda data: place, lambda data, at: data[at + 16:at + 32] * 200)
hostile("tree-twice")
patched("tree-twice", lambda data: data.rindex(b"TREE") + 6, lambda data, at: (2).to_bytes(2, "little") + data[at + 2:at + 26]
        + data[at + 18:at + 34] * 2)
with h5py.File("hostile/array-claims.nir", "w", libver="latest") as file:
    graph(file.create_group("node"), {**ONE, "fc": linear(lambda g: g.create_dataset(
        "weight", data=numpy.zeros((2, 3), "f4"), maxshape=(None, 3), chunks=(1, 3)))}, CHAIN)
patched("array-claims", lambda data: data.index(b"EAHD") + 44, lambda data, at: (2**30).to_bytes(8, "little"))
with zipfile.ZipFile("hostile.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for name in sorted(os.listdir("hostile")):
        with open("hostile/" + name, "rb") as file:
            archive.writestr(zipfile.ZipInfo(name), file.read(), zipfile.ZIP_DEFLATED)
shutil.rmtree("hostile")
