"""Makes the ONNX models beside it, and what PyTorch computes with them, for tests: python3 make.py (needs torch 1.13,
numpy, onnx; spikingjelly 0.0.0.0.14 for spikingjelly-*). Seeded: the same versions make the same bytes. It prints the
operators of each model.

neurons-*, spikingjelly-*: inputs x, v0, v1 of one step, outputs spikes, v0_next, v1_next. The .npz has x [T, ...], spikes
n0 and n1 [T, neurons] of both layers, and v0 and v1 [T, neurons] after each step, in PyTorch's order; potentials start at
v_reset, or at 0 where a spike subtracts the threshold. shapes-*: an artificial network; shapes.npz has x, labels, logits.
*-block*: artificial networks with branches or padding; x and y."""
import io
import zipfile
from collections import Counter

import numpy
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

try:
    from spikingjelly.activation_based import neuron, surrogate
except ImportError:
    neuron = None

torch.set_num_threads(1)
EVAL, KEEP_BATCH_NORM = torch.onnx.TrainingMode.EVAL, torch.onnx.TrainingMode.PRESERVE


def save(name, **arrays):
    with zipfile.ZipFile(name + ".npz", "w", zipfile.ZIP_DEFLATED) as archive:
        for key, value in arrays.items():
            out = io.BytesIO()
            numpy.save(out, numpy.ascontiguousarray(value))
            entry = zipfile.ZipInfo(key + ".npy")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, out.getvalue())


def write(name, net, inputs, input_names, output_names, opset=13, training=EVAL, any_batch=False):
    file = name + ".onnx"
    torch.onnx.export(net.eval(), inputs, file, input_names=input_names, output_names=output_names,
                      opset_version=opset, training=training, do_constant_folding=training is EVAL,
                      dynamic_axes={n: {0: "batch"} for n in input_names + output_names} if any_batch else None)
    check(file)


def check(file):
    onnx.checker.check_model(file, full_check=True)
    model = onnx.load(file)
    opset = model.opset_import[0].version
    print(f"{file} (opset {opset}): "
          + ", ".join(f"{op} {n}" for op, n in sorted(Counter(node.op_type for node in model.graph.node).items())))


# Networks of spiking neurons, one step a call: the equations as SpikingJelly computes them.

CHARGE = {
    "if": lambda n, x, v: v + x,
    "lif": lambda n, x, v: v + (x - v) / n.tau,
    "lif-to-reset": lambda n, x, v: v + (x - (v - n.v_reset)) / n.tau,
    "lif-leak": lambda n, x, v: v * (1.0 - 1.0 / n.tau) + x,
    "lif-leak-to-reset": lambda n, x, v: v - (v - n.v_reset) / n.tau + x,
    "plif": lambda n, x, v: v + (x - v) * n.w.sigmoid(),
    "plif-to-reset": lambda n, x, v: v + (x - (v - n.v_reset)) * n.w.sigmoid(),
    "plif-leak": lambda n, x, v: v * (1.0 - n.w.sigmoid()) + x,
    "plif-leak-to-reset": lambda n, x, v: v - (v - n.v_reset) * n.w.sigmoid() + x,
}
FIRE = {
    "minus": lambda n, h: (h - n.v_threshold >= 0).to(h),
    "at": lambda n, h: (h >= n.v_threshold).to(h),
    "above": lambda n, h: (h > n.v_threshold).to(h),
}
RESET = {
    "hard": lambda n, h, s: (1.0 - s) * h + s * n.v_reset,
    "hard-turned": lambda n, h, s: n.v_reset * s + (1.0 - s) * h,
    # A Python number here would become a float64 constant, which ONNX does not allow beside float32.
    "where": lambda n, h, s: torch.where(h >= n.v_threshold, torch.tensor(n.v_reset), h),
    "soft": lambda n, h, s: h - s * n.v_threshold,
}


class Neurons(nn.Module):
    def __init__(self, charge, fire, reset, v_threshold, v_reset=None, tau=None, w=None):
        super().__init__()
        self.equations = CHARGE[charge], FIRE[fire], RESET[reset]
        self.v_threshold, self.v_reset, self.tau = v_threshold, v_reset, tau
        self.rest = 0.0 if v_reset is None else v_reset
        if w is not None:
            self.w = nn.Parameter(torch.tensor(w))

    def forward(self, x, v):
        charge, fire, reset = self.equations
        self.h = h = charge(self, x, v)
        s = fire(self, h)
        return s, reset(self, h, s)


class SpikingJelly(Neurons):
    """SpikingJelly's own layer, its potential made an input and an output."""

    def __init__(self, charge, node):
        super().__init__(charge, "at", "soft", node.v_threshold, node.v_reset, getattr(node, "tau", None))
        self.node = node
        if hasattr(node, "w"):
            self.w = node.w

    def forward(self, x, v):
        self.h = self.equations[0](self, x, v)
        self.node.v = v
        return self.node(x), self.node.v


class Convolutional(nn.Module):
    sizes = (2, 8, 8), (4, 8, 8), (10,)

    def __init__(self, n0, n1):
        super().__init__()
        self.conv, self.bn, self.n0 = nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), n0
        self.pool, self.flatten, self.fc, self.n1 = nn.AvgPool2d(2), nn.Flatten(), nn.Linear(64, 10), n1

    def forward(self, x, v0, v1):
        s0, v0 = self.n0(self.bn(self.conv(x)), v0)
        s1, v1 = self.n1(self.fc(self.flatten(self.pool(s0))), v1)
        return s1, v0, v1


class Perceptron(nn.Module):
    sizes = (20,), (30,), (10,)

    def __init__(self, n0, n1):
        super().__init__()
        self.fc0, self.n0, self.fc1, self.n1 = nn.Linear(20, 30), n0, nn.Linear(30, 10), n1

    def forward(self, x, v0, v1):
        s0, v0 = self.n0(self.fc0(x), v0)
        s1, v1 = self.n1(self.fc1(s0), v1)
        return s1, v0, v1


def random_weights(net):
    for m in net.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(m.weight)
            if m.bias is not None:
                nn.init.uniform_(m.bias, 0.0, 0.3)
        if isinstance(m, nn.BatchNorm2d):
            nn.init.uniform_(m.running_mean, -0.2, 0.2)
            nn.init.uniform_(m.running_var, 0.5, 1.5)
            nn.init.uniform_(m.weight, 0.8, 1.5)
            nn.init.uniform_(m.bias, 0.0, 0.3)


def run(net, steps):
    """Inputs of the first step, and what PyTorch makes of all; potentials start at rest (v_reset, 0 where there is none).
    None where a potential comes so near to its threshold that rounding may matter, or a layer is too quiet or too loud."""
    layers = net.n0, net.n1
    golden = {key: [] for key in ("n0", "n1", "v0", "v1")}
    hooks = [n.register_forward_hook(lambda m, inputs, out, key=key: golden[key].append(out[0]))
             for key, n in zip(("n0", "n1"), layers)]
    x = (torch.rand(steps, 1, *net.sizes[0]) < 0.3).float()
    x[0] = torch.rand(1, *net.sizes[0])
    v = first = [torch.full((1, *size), n.rest) for size, n in zip(net.sizes[1:], layers)]
    with torch.no_grad():
        for step in x:
            _, *v = net(step, *v)
            if min((n.h - n.v_threshold).abs().min() for n in layers) < 1e-5:
                return None
            golden["v0"].append(v[0])
            golden["v1"].append(v[1])
    for hook in hooks:
        hook.remove()
    golden = {key: torch.stack(value).flatten(1).numpy() for key, value in golden.items()}
    for key in ("n0", "n1"):
        golden[key] = golden[key].astype(numpy.uint8)
        if not 0.05 < golden[key].mean() < 0.6:
            return None
    return (x[0], *first), {"x": x[:, 0].numpy(), **golden}


def neurons(name, kind, first, second, training=EVAL, of=Neurons, **options):
    for seed in range(100):
        torch.manual_seed(seed)
        net = kind(of(*first), of(*second)).eval()
        random_weights(net)
        made = run(net, 12)
        if made is not None:
            break
    else:
        raise AssertionError(f"{name}: no seed does")
    inputs, golden = made
    write(name, net, inputs, ["x", "v0", "v1"], ["spikes", "v0_next", "v1_next"], training=training, **options)
    save(name, **golden)
    print(f"    seed {seed}, spikes {golden['n0'].sum()} and {golden['n1'].sum()}")


def all_neurons():
    # charge, fire, reset, v_threshold, v_reset, tau, w
    neurons("neurons-if", Convolutional, ("if", "minus", "hard", 1.0, 0.0), ("if", "minus", "hard", 0.75, 0.0))
    neurons("neurons-lif", Convolutional, ("lif", "at", "where", 0.4, 0.0, 2.0), ("lif", "at", "where", 0.3, 0.0, 3.0))
    neurons("neurons-lif-to-reset", Convolutional, ("lif-to-reset", "at", "hard-turned", 0.3, -0.2, 3.0),
            ("lif-to-reset", "at", "hard-turned", 0.3, 0.1, 2.0), training=KEEP_BATCH_NORM)
    neurons("neurons-lif-leak", Convolutional, ("lif-leak", "minus", "soft", 0.9, None, 2.5),
            ("lif-leak", "minus", "soft", 1.0, None, 1.5))
    neurons("neurons-lif-leak-to-reset", Convolutional, ("lif-leak-to-reset", "at", "where", 1.0, 0.125, 4.0),
            ("lif-leak-to-reset", "at", "where", 0.9, -0.1, 3.0))
    neurons("neurons-plif", Convolutional, ("plif", "minus", "hard", 0.4, 0.0, None, 0.1),
            ("plif", "minus", "hard", 0.3, 0.0, None, -0.25), training=KEEP_BATCH_NORM)
    neurons("neurons-plif-to-reset", Convolutional, ("plif-to-reset", "at", "hard", 0.4, -0.1, None, -0.3),
            ("plif-to-reset", "at", "hard", 0.3, -0.05, None, 0.2))
    # Two parameters of the same value: PyTorch writes one, and an Identity.
    neurons("neurons-plif-leak", Convolutional, ("plif-leak", "minus", "soft", 0.8, None, None, -0.7),
            ("plif-leak", "minus", "soft", 0.8, None, None, -0.7))
    neurons("neurons-plif-leak-to-reset", Convolutional, ("plif-leak-to-reset", "at", "where", 0.9, 0.1, None, 0.4),
            ("plif-leak-to-reset", "at", "where", 0.8, -0.1, None, -0.4))
    neurons("neurons-above", Convolutional, ("lif", "above", "soft", 0.4, None, 2.0),
            ("lif-leak", "above", "soft", 0.9, None, 2.0), any_batch=True)
    neurons("neurons-opset11", Convolutional, ("lif", "at", "hard-turned", 0.4, 0.0, 3.0),
            ("if", "at", "hard-turned", 0.9, 0.0), opset=11)
    neurons("neurons-mlp", Perceptron, ("lif-leak", "at", "soft", 1.0, None, 2.0),
            ("plif", "at", "soft", 0.4, None, None, 0.5))


def spikingjelly_neurons():
    if neuron is None:
        print("spikingjelly-*: left as they are, spikingjelly is not installed")
        return

    def plif(*parameters):
        # PyTorch 1.13 cannot export the surrogate functions that a PLIF uses in eval() too
        return neuron.ParametricLIFNode(*parameters, surrogate_function=surrogate.heaviside)

    neurons("spikingjelly-if", Convolutional, ("if", neuron.IFNode(1.0)), ("if", neuron.IFNode(0.75, None)), of=SpikingJelly)
    neurons("spikingjelly-lif", Convolutional, ("lif", neuron.LIFNode(2.0, True, 0.4)),
            ("lif-to-reset", neuron.LIFNode(3.0, True, 0.3, -0.1)), of=SpikingJelly)
    neurons("spikingjelly-lif-leak", Convolutional, ("lif-leak", neuron.LIFNode(2.5, False, 0.9, None)),
            ("lif-leak-to-reset", neuron.LIFNode(3.0, False, 0.9, 0.1)), of=SpikingJelly)
    # v - (v - 0) / tau + x here, v * (1 - 1 / tau) + x in train()
    neurons("spikingjelly-lif-leak-to-0", Convolutional, ("lif-leak-to-reset", neuron.LIFNode(2.5, False, 0.9, 0.0)),
            ("lif", neuron.LIFNode(2.0, True, 0.4, None)), of=SpikingJelly)
    neurons("spikingjelly-plif", Convolutional, ("plif", plif(2.0, True, 0.4, 0.0)),
            ("plif-leak", plif(3.0, False, 0.8, None)), of=SpikingJelly)
    neurons("spikingjelly-plif-to-reset", Convolutional, ("plif-to-reset", plif(2.0, True, 0.4, -0.1)),
            ("plif-leak-to-reset", plif(3.0, False, 0.8, 0.1)), of=SpikingJelly)


# An artificial network that knows four shapes.

def shapes(rng, n):
    """[n, 1, 16, 16] in 1/255 of [0, 1], and labels: square, disc, cross, triangle."""
    y, x = numpy.mgrid[:16, :16]
    images, labels = numpy.empty((n, 1, 16, 16), numpy.float32), rng.integers(0, 4, n)
    for i, label in enumerate(labels):
        r = rng.uniform(3.5, 6.0)
        cy, cx = rng.uniform(r, 15 - r, 2)
        dy, dx = y - cy, x - cx
        drawn = [numpy.maximum(abs(dy), abs(dx)) <= 0.9 * r, dy ** 2 + dx ** 2 <= r ** 2,
                 (numpy.minimum(abs(dy), abs(dx)) <= 0.3 * r) & (numpy.maximum(abs(dy), abs(dx)) <= r),
                 (dy <= 0.8 * r) & (2 * abs(dx) <= dy + r)][label]
        image = rng.uniform(0.0, 0.3) + drawn * rng.uniform(0.4, 0.7) + rng.normal(0.0, 0.08, (16, 16))
        images[i, 0] = numpy.round(image.clip(0.0, 1.0) * 255.0) / 255.0
    return images, labels


def shapes_ann():
    torch.manual_seed(1)
    rng = numpy.random.default_rng(1)
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(256, 32), nn.ReLU(), nn.Linear(32, 4))
    x, labels = map(torch.from_numpy, shapes(rng, 4000))
    optimizer = torch.optim.Adam(net.parameters(), 2e-3)
    net.train()
    for _ in range(12):
        for batch in torch.randperm(len(x)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(net(x[batch]), labels[batch]).backward()
            optimizer.step()
    x, labels = map(torch.from_numpy, shapes(rng, 200))
    with torch.no_grad():
        logits = net.eval()(x)
    accuracy = (logits.argmax(1) == labels).float().mean().item()
    print(f"    shapes: accuracy {accuracy:.3f}")
    assert accuracy > 0.95
    write("shapes-ann", net, x[:1], ["x"], ["logits"])
    write("shapes-ann-bn", net, x[:1], ["x"], ["logits"], training=KEEP_BATCH_NORM)
    save("shapes", x=x.numpy(), labels=labels.numpy(), logits=logits.numpy())


# Artificial networks that are no straight line.

class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.bn = nn.Conv2d(2, 6, 3, padding=1), nn.BatchNorm2d(6)
        self.conv1, self.bn1 = nn.Conv2d(6, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6)
        self.conv2, self.bn2 = nn.Conv2d(6, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6)
        self.conv3, self.down = nn.Conv2d(6, 8, 3, stride=2, padding=1), nn.Conv2d(6, 8, 1, stride=2)
        self.fc = nn.Linear(8, 5)

    def forward(self, x):
        a = self.bn(self.stem(x)).relu()
        b = self.bn2(self.conv2(self.bn1(self.conv1(a)).relu())).relu() + a
        c = (self.conv3(b) + self.down(b)).relu()
        return self.fc(F.adaptive_avg_pool2d(c, 1).flatten(1))


class Concatenated(nn.Module):
    def __init__(self):
        super().__init__()
        self.left, self.right = nn.Conv2d(2, 4, 3, padding=1), nn.Conv2d(2, 3, 5, padding=2)
        self.conv, self.fc = nn.Conv2d(7, 6, 3), nn.Linear(54, 5)

    def forward(self, x):
        x = torch.cat([self.left(x).relu(), self.right(x).relu()], 1)
        return self.fc(F.max_pool2d(self.conv(x).relu(), 2).flatten(1))


class Padded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2, self.fc = nn.Conv2d(2, 5, 4), nn.Conv2d(5, 4, 3, stride=2), nn.Linear(64, 5)

    def forward(self, x):
        x = self.conv1(F.pad(x, (1, 2, 2, 1))).relu()
        return self.fc(self.conv2(F.pad(x, (0, 1, 1, 0))).relu().flatten(1))


def blocks():
    for name, kind in (("resnet-block", Residual), ("concat-block", Concatenated), ("pad-block", Padded)):
        torch.manual_seed(7)
        net = kind().eval()
        random_weights(net)
        x = torch.randn(8, 2, 8, 8)
        with torch.no_grad():
            y = net(x)
        save(name, x=x.numpy(), y=y.numpy())
        write(name, net, x[:1], ["x"], ["y"])
        if kind is Residual:
            write(name + "-bn", net, x[:1], ["x"], ["y"], training=KEEP_BATCH_NORM)
        if kind is Padded:  # opset 13 computes pads in the graph, opset 10 has them as an attribute
            write(name + "-opset10", net, x[:1], ["x"], ["y"], opset=10)
            constant_pads(name, name + "-constant")


def constant_pads(source, name):
    """The same model with its pads as constants, as newer versions of PyTorch and simplifiers write it."""
    model = onnx.load(source + ".onnx")
    graph = model.graph
    for i, (node, pads) in enumerate(zip((n for n in graph.node if n.op_type == "Pad"),
                                         ([0, 0, 2, 1, 0, 0, 1, 2], [0, 0, 1, 0, 0, 0, 0, 1]))):
        graph.initializer.append(numpy_helper.from_array(numpy.array(pads, numpy.int64), f"pads{i}"))
        del node.input[1:]
        node.input.append(f"pads{i}")
    while True:
        used = {name for node in graph.node for name in node.input} | {out.name for out in graph.output}
        idle = [node for node in graph.node if not used.intersection(node.output)]
        if not idle:
            break
        for node in idle:
            graph.node.remove(node)
    onnx.save(model, name + ".onnx")
    check(name + ".onnx")


all_neurons()
spikingjelly_neurons()
blocks()
shapes_ann()
