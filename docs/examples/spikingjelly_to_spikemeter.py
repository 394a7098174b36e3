"""Writes a SpikingJelly network as a Spikemeter network file: layers as JSON, weights as .npz beside it.

    export(net, (2, 128, 128), "net.json", readout={"negative": (0, 10), "positive": (10, 20)})

The network is an nn.Sequential (others may lie in it), taken as in eval(). Layers are called by their module's path, arrays
as in the state_dict. What the file cannot say is an ExportError that names the module. Needs torch, numpy, spikingjelly.
"""
import json
import math
import os
from pathlib import Path

import numpy
import torch
from spikingjelly.activation_based import layer, neuron
from torch import nn


class ExportError(ValueError):
    """Names the module that the network file cannot express, and why."""


def _only(module, **expected):
    for name, value in expected.items():
        if getattr(module, name) != value:
            raise ExportError(f"{name} is {getattr(module, name)!r}; the network file has only {value!r}")


def _expect(what, found, expected):
    if found != expected:
        raise ExportError(f"{what} is {found}, expected {expected}")


def _pair(value):
    return list(value) if isinstance(value, (tuple, list)) else [value, value]


def _sides(value):
    """One number where both sides are the same."""
    y, x = _pair(value)
    return y if y == x else [y, x]


def _slide(shape, channels, kernel, stride, padding, dilation=1):
    """Shape of what a window makes of a grid, as PyTorch has it without ceil_mode."""
    _expect("number of axes of the input", len(shape), 3)
    sides = [(n + 2 * p - d * (k - 1) - 1) // s + 1
             for n, k, s, p, d in zip(shape[1:], _pair(kernel), _pair(stride), _pair(padding), _pair(dilation))]
    if min(sides) < 1:
        raise ExportError(f"kernel {kernel} is larger than its input {shape}")
    return channels, *sides


# Each of these takes a module, the shape of its input and a function that names one of its arrays; it gives the layer's
# fields and the shape of the output.

def _conv2d(m, shape, array):
    _only(m, padding_mode="zeros", transposed=False)
    padding = {"valid": [0, 0]}.get(m.padding, m.padding)
    if padding == "same":
        reach = [d * (k - 1) for k, d in zip(m.kernel_size, m.dilation)]
        if any(n % 2 for n in reach):
            raise ExportError(f"padding 'same' of the kernel {m.kernel_size} is not the same on both sides")
        padding = [n // 2 for n in reach]
    out = _slide(shape, m.out_channels, m.kernel_size, m.stride, padding, m.dilation)
    _expect("in_channels", m.in_channels, shape[0])
    bias = {} if m.bias is None else {"bias": array("bias")}
    return {"type": "conv2d", "weight": array("weight"), **bias, "stride": _sides(m.stride), "padding": _sides(padding),
            "dilation": _sides(m.dilation), "groups": m.groups}, out


def _linear(m, shape, array):
    _expect("number of axes of the input (flatten a grid)", len(shape), 1)
    _expect("in_features", m.in_features, shape[0])
    bias = {} if m.bias is None else {"bias": array("bias")}
    return {"type": "linear", "weight": array("weight"), **bias}, (m.out_features,)


def _batch_norm(m, shape, array):
    _expect("num_features", m.num_features, shape[0])
    if m.running_mean is None or m.running_var is None:
        raise ExportError("track_running_stats is False: it normalises by the batch")
    names = {field: array(field) for field in ("weight", "bias", "running_mean", "running_var")}
    return {"type": "batch_norm", **names, "eps": m.eps}, shape


def _pool(kind):
    def write(m, shape, array):
        if kind == "max_pool2d":
            _only(m, ceil_mode=False, return_indices=False)
            _expect("dilation", _sides(m.dilation), 1)
        else:
            _only(m, ceil_mode=False, divisor_override=None)
            if max(_pair(m.padding)) > 0:
                _only(m, count_include_pad=True)
        out = _slide(shape, shape[0], m.kernel_size, m.stride, m.padding)
        return {"type": kind, "kernel": _sides(m.kernel_size), "stride": _sides(m.stride),
                "padding": _sides(m.padding)}, out
    return write


def _flatten(m, shape, array):
    _only(m, start_dim=1)
    if m.end_dim not in (-1, len(shape)):
        raise ExportError(f"end_dim is {m.end_dim}, expected -1")
    return {"type": "flatten"}, (math.prod(shape),)


def _neurons(kind):
    def write(m, shape, array):
        if m.surrogate_function(torch.tensor([-1.0, -1e-6, 0.0, 1e-6, 1.0])).tolist() != [0, 0, 1, 1, 1]:
            raise ExportError(f"surrogate_function {m.surrogate_function} is not 1 from the threshold on, and 0 below it")
        rest = 0.0 if m.v_reset is None else float(m.v_reset)
        _expect("potential after reset()", float(m._memories_rv["v"]), rest)
        fields = {"type": kind, "v_threshold": float(m.v_threshold), "v_reset": None if m.v_reset is None else rest}
        if kind == "lif":
            fields["tau"] = float(m.tau)
        elif kind == "plif":
            _expect("number of values in w", m.w.numel(), 1)
            fields["w"] = array("w")
        return fields if kind == "if" else {**fields, "decay_input": bool(m.decay_input)}, shape
    return write


def _voting(m, shape, array):
    _expect("number of axes of the input", len(shape), 1)
    _expect(f"remainder of {shape} neurons by voting_size", shape[-1] % m.voting_size, 0)
    starts = range(0, shape[-1], m.voting_size)
    return {"type": "voting", "groups": [{"label": str(i), "from": n, "to": n + m.voting_size}
                                         for i, n in enumerate(starts)]}, shape


CONTAINERS = {nn.Sequential, layer.MultiStepContainer, layer.SeqToANNContainer, layer.StepModeContainer}
NOTHING_IN_EVAL = {nn.Identity, nn.Dropout, nn.Dropout2d, layer.Dropout, layer.Dropout2d}
WRITERS = {
    nn.Conv2d: _conv2d, layer.Conv2d: _conv2d, nn.Linear: _linear, layer.Linear: _linear,
    nn.BatchNorm1d: _batch_norm, layer.BatchNorm1d: _batch_norm, nn.BatchNorm2d: _batch_norm, layer.BatchNorm2d: _batch_norm,
    nn.AvgPool2d: _pool("avg_pool2d"), layer.AvgPool2d: _pool("avg_pool2d"),
    nn.MaxPool2d: _pool("max_pool2d"), layer.MaxPool2d: _pool("max_pool2d"), nn.Flatten: _flatten, layer.Flatten: _flatten,
    neuron.IFNode: _neurons("if"), neuron.LIFNode: _neurons("lif"), neuron.ParametricLIFNode: _neurons("plif"),
    layer.VotingLayer: _voting}
KNOWN = CONTAINERS | NOTHING_IN_EVAL | set(WRITERS)
# What a subclass may define without being another layer.
HARMLESS = {"__init__", "__repr__", "extra_repr", "reset_parameters", "train", "__getattr__", "__setattr__"}


def _known(module):
    """The class that says what a module does."""
    line = type(module).__mro__
    base = next((c for c in line if c in KNOWN), None)
    if base is None:
        raise ExportError("not known; known are " + ", ".join(sorted({c.__name__ for c in KNOWN}))
                          + ". Parts of a network join as nn.Sequential(OrderedDict(conv=net.conv, fc=net.fc))")
    own = set(vars(module)).union(*(vars(c) for c in line[:line.index(base)])) - HARMLESS
    changed = sorted(name for name in own if callable(getattr(base, name, None)))
    if changed:
        raise ExportError(f"is another layer than {base.__name__}: it defines {', '.join(changed)} itself")
    return base


def _write(path, write):
    part = path.with_name(path.name + ".part")
    with open(part, "wb") as file:
        write(file)
    os.replace(part, path)


def export(net, input_shape, path, readout=None):
    """Writes path (.json) and, beside it, the weights (.npz); input_shape is (channels, height, width) or (size,);
    readout is {label: (first neuron, last + 1)} of the output layer, or None."""
    path = Path(path)
    if path.suffix != ".json":
        raise ExportError(f"{path}: expected a name that ends in .json")
    shape = tuple(int(side) for side in input_shape)
    if len(shape) not in (1, 3) or min(shape) < 1:
        raise ExportError(f"input_shape is {input_shape}, expected (channels, height, width) or (size,)")
    state = {name: value.detach().cpu() for name, value in net.state_dict().items()}
    layers, left_out, hooked, used, stateful = [], [], [], set(), {}
    channels, height, width = shape if len(shape) == 3 else (*shape, 1, 1)

    def walk(module, place, timeless):
        nonlocal shape

        def array(field):
            name = f"{place}.{field}"
            if getattr(module, field) is None:  # batch norm without affine
                state[name] = torch.full((module.num_features,), float(field == "weight"))
            if name not in state:
                raise ExportError(f"the state_dict has no '{name}'; remove parametrizations and weight norms first")
            used.add(name)
            return name

        try:
            base = _known(module)
            if module._forward_pre_hooks or module._forward_hooks:
                hooked.append(place or "the network")
            if base in NOTHING_IN_EVAL:
                left_out.append(f"{place} ({base.__name__})")
            elif base in WRITERS:
                if layers and layers[-1]["type"] == "voting":
                    raise ExportError(f"follows the voting layer '{layers[-1]['name']}', which must be the last")
                fields, shape = WRITERS[base](module, shape, array)
                if "v_threshold" in fields and timeless:
                    raise ExportError("lies in a container that takes all steps for a batch")
                if "v_threshold" in fields and stateful.setdefault(id(module), place) != place:
                    raise ExportError(f"shares its potentials with '{stateful[id(module)]}'")
                layers.append({"name": place, **fields})
        except (ValueError, TypeError, RuntimeError) as e:
            raise ExportError(f"module '{place}' ({type(module).__module__}.{type(module).__qualname__}): {e}") from e
        if base in CONTAINERS:
            timeless |= base is layer.SeqToANNContainer or base is layer.StepModeContainer and not module.stateful
            for name, child in module._modules.items():  # named_children() passes over a module that comes twice
                walk(child, f"{place}.{name}" if place else name, timeless)

    walk(net, "", False)
    unused = [name for name in state if name not in used and not name.endswith(".num_batches_tracked")]
    if unused:
        raise ExportError(f"no layer uses the arrays {unused} of the state_dict")
    voting = layers.pop() if layers and layers[-1]["type"] == "voting" else None
    if readout:
        groups = [{"label": label, "from": first, "to": end} for label, (first, end) in readout.items()]
        voting = {"type": "voting", "groups": groups}
    if voting:
        voting.pop("name", None)
    weights = path.with_suffix(".npz")
    document = {"format": "spikemeter-network/1", "name": path.stem, "weights": weights.name,
                "input": {"channels": channels, "height": height, "width": width}, "layers": layers,
                **({"readout": voting} if voting else {})}
    text = json.dumps(document, indent=1, allow_nan=False) + "\n"
    arrays = {name: (value if value.dtype in (torch.float32, torch.float64, torch.int64) else value.float()).numpy()
              for name, value in state.items()}
    _write(weights, lambda file: numpy.savez(file, **arrays))
    _write(path, lambda file: file.write(text.encode()))
    print(f"{path}: {len(layers)} layers, from {channels} x {height} x {width} to {' x '.join(map(str, shape))}")
    print(f"{weights}: {len(arrays)} arrays, {sum(a.size for a in arrays.values()):,} values")
    if left_out:
        print(f"left out, because they do nothing in eval(): {', '.join(left_out)}")
    if hooked:
        print(f"hooks are not exported: {', '.join(hooked)}")
