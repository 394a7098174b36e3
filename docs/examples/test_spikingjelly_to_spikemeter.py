"""Tests spikingjelly_to_spikemeter.py: python3 test_spikingjelly_to_spikemeter.py (needs torch, numpy, spikingjelly, and
what ../../spikemeter needs). Networks go through SpikingJelly and through Spikemeter, and every spike is compared."""
import contextlib
import io
import json
import subprocess
import sys
import tempfile
import traceback
from collections import OrderedDict
from pathlib import Path

try:
    import numpy
    import torch
    from spikingjelly.activation_based import functional, layer, neuron, surrogate
    from torch import nn
except ImportError as e:
    print(f"skipped: {e}; 0 passed, 0 failed")
    sys.exit(0)

from spikingjelly_to_spikemeter import ExportError, export

HOME = Path(__file__).resolve().parents[2]
REFERENCE = HOME / "src-test/src/test/resources/reference"
T = 10


def emotion_plif(conv=nn.Conv2d, norm=nn.BatchNorm2d, linear=nn.Linear, pool=nn.AvgPool2d, flatten=nn.Flatten, mode="s"):
    def plif():
        return neuron.ParametricLIFNode(v_threshold=0.4, step_mode=mode)

    convs = []
    for i in range(5):
        convs += [conv(2 if i == 0 else 32, 32, 3, padding=int(i > 0), bias=False), norm(32), plif(), pool(2)]
    return nn.Sequential(OrderedDict(
        conv=nn.Sequential(*convs),
        fc=nn.Sequential(flatten(), linear(288, 72, bias=False), plif(), linear(72, 20, bias=False), plif())))


def awkward_net():
    def lif(*args):
        tau, decay, threshold, reset = args
        return neuron.LIFNode(tau, decay, threshold, reset)

    return nn.Sequential(OrderedDict(seq=nn.Sequential(
        nn.Conv2d(2, 8, 3, 2, 1), lif(2.0, False, 1.0, None),
        layer.Conv2d(8, 12, 3, padding=1, groups=4, bias=False), lif(3.0, True, 0.5, -0.1), nn.AvgPool2d(3, 2),
        nn.Conv2d(12, 6, 3, padding="same", dilation=2), lif(4.0, False, 0.6, -0.1), nn.Flatten(),
        nn.Linear(294, 20), lif(2.0, True, 0.5, None), nn.Linear(20, 5), lif(4.0, False, 0.8, -0.1))))


def written(net, shape, readout=None):
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as out:
        path = Path(folder) / "net.json"
        export(net, shape, path, readout)
        assert sorted(p.name for p in Path(folder).iterdir()) == ["net.json", "net.npz"]
        with numpy.load(path.with_suffix(".npz")) as arrays:
            return json.loads(path.read_text()), dict(arrays), out.getvalue()


def plain(document):
    """Without names."""
    return {"input": document["input"], "readout": document.get("readout"),
            "layers": [{k: v for k, v in fields.items() if k != "name"} for fields in document["layers"]]}


def same_as_reference(net, shape, name, readout=None):
    with numpy.load(REFERENCE / name / "weights.npz") as file:
        weights = dict(file)
    missing = net.load_state_dict({k: torch.from_numpy(numpy.asarray(v)) for k, v in weights.items()})
    assert not missing.missing_keys and not missing.unexpected_keys
    document, arrays, _ = written(net, shape, readout)
    expected = json.loads((REFERENCE / name / "network.json").read_text())
    assert plain(document) == plain(expected), document
    assert arrays.keys() == weights.keys()
    for key, value in weights.items():
        assert arrays[key].dtype == value.dtype and arrays[key].shape == value.shape, key
        assert arrays[key].tobytes() == value.tobytes(), key


EMOTION = (2, 128, 128), "emotion-plif", {"negative": (0, 10), "positive": (10, 20)}


def test_emotion_plif():
    same_as_reference(emotion_plif(), *EMOTION)


def test_emotion_plif_multi_step():
    net = emotion_plif(layer.Conv2d, layer.BatchNorm2d, layer.Linear, layer.AvgPool2d, layer.Flatten, "m")
    functional.set_step_mode(net, "m")
    same_as_reference(net, *EMOTION)


def test_awkward_net():
    same_as_reference(awkward_net(), (2, 32, 32), "awkward-net")


def agree(net, shape, seed, multi_step=False):
    """Runs both on seeded input; the network has spikes in each layer, and none differs."""
    torch.manual_seed(seed)
    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.uniform_(module.bias, 0.0, 0.3)
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.uniform_(module.running_mean, -0.3, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
            if module.affine:
                nn.init.uniform_(module.weight, 0.5, 1.5)
                nn.init.uniform_(module.bias, -0.1, 0.3)
    net.eval()
    x = (torch.rand(T, 1, *shape) < 0.3).float()
    x[0] = torch.rand(1, *shape)
    spikes = {name: [] for name, m in net.named_modules() if isinstance(m, neuron.BaseNode)}
    hooks = [net.get_submodule(name).register_forward_hook(lambda m, i, y, name=name: spikes[name].append(y.detach()))
             for name in spikes]
    with torch.no_grad():
        if multi_step:
            net(x)
        else:
            for step in x:
                net(step)
    for hook in hooks:
        hook.remove()
    spikes = {name: torch.cat(s).reshape(T, -1).numpy().astype(numpy.uint8) for name, s in spikes.items()}
    assert all(0.01 < s.mean() < 0.9 for s in spikes.values()), {name: s.mean() for name, s in spikes.items()}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with contextlib.redirect_stdout(io.StringIO()):
            export(net, shape, folder / "net.json")
        numpy.savez(folder / "input.npz", x=x.reshape(T, *shape).numpy())
        numpy.savez(folder / "spikes.npz", **spikes)
        verify = subprocess.run([HOME / "spikemeter", "verify", "net.json", "input.npz", "--reference", "spikes.npz",
                                 "--tolerance", "0"], cwd=folder, capture_output=True, text=True)
    assert verify.returncode == 0 and "No spike differs." in verify.stdout, verify.stdout + verify.stderr
    for name, s in spikes.items():
        assert any(line.split()[:3] == [name, f"{s.sum():,}", "0"] for line in verify.stdout.splitlines()), verify.stdout
    print(f"    {sum(int(s.sum()) for s in spikes.values()):,} spikes of {len(spikes)} layers agree")


def test_lif_and_if_agree():
    agree(nn.Sequential(
        nn.Conv2d(2, 6, 3, stride=(2, 1), padding=(1, 2)), nn.BatchNorm2d(6), neuron.LIFNode(2.5, False, 0.7, None),
        nn.MaxPool2d(3, 2, 1), nn.Conv2d(6, 8, (3, 5), padding="same", groups=2, bias=False),
        neuron.LIFNode(3.0, False, 0.9, 0.2), nn.Dropout(), nn.Flatten(), nn.Linear(8 * 5 * 10, 24), nn.BatchNorm1d(24),
        neuron.IFNode(1.1, None), nn.Linear(24, 10), neuron.IFNode(0.8, -0.3)), (2, 19, 17), 1)


def test_plif_agrees():
    agree(nn.Sequential(OrderedDict(
        features=nn.Sequential(
            nn.Conv2d(3, 8, 3, padding=2, dilation=2), nn.BatchNorm2d(8, eps=1e-3, affine=False),
            neuron.ParametricLIFNode(1.7, True, 0.6, -0.2), nn.AvgPool2d(3, 2, 1),
            nn.Conv2d(8, 8, 3, padding="valid"), neuron.ParametricLIFNode(3.0, False, 0.8, None)),
        head=nn.Sequential(nn.Flatten(), nn.Linear(8 * 5 * 5, 12), neuron.ParametricLIFNode(2.0, False, 0.7, 0.1)))),
        (3, 13, 14), 2)


def test_multi_step_agrees():
    net = nn.Sequential(
        layer.SeqToANNContainer(nn.Conv2d(2, 5, 3, padding=1, bias=False), nn.BatchNorm2d(5)),
        neuron.LIFNode(2.0, True, 0.5, 0.0, surrogate_function=surrogate.ATan(), detach_reset=True, step_mode="m"),
        layer.Conv2d(5, 7, 3, stride=2, step_mode="m"), layer.BatchNorm2d(7, step_mode="m"),
        neuron.IFNode(1.0, 0.0, step_mode="m"), layer.AvgPool2d(2, step_mode="m"), layer.Dropout(0.3, step_mode="m"),
        layer.Flatten(step_mode="m"), layer.Linear(7 * 2 * 2, 9, step_mode="m"),
        neuron.ParametricLIFNode(2.0, True, 0.4, 0.0, step_mode="m"))
    agree(net, (2, 10, 11), 3, multi_step=True)


def test_vector_agrees():
    agree(nn.Sequential(nn.Linear(30, 40), neuron.LIFNode(2.0, True, 0.5, None), layer.Linear(40, 7),
                        neuron.LIFNode(1.5, True, 0.6, 0.25)), (30,), 4)


def test_left_out_and_readout():
    net = nn.Sequential(nn.Linear(4, 6), nn.Identity(), layer.Dropout(), neuron.IFNode(), layer.VotingLayer(3))
    document, _, out = written(net, (4,))
    assert [fields["type"] for fields in document["layers"]] == ["linear", "if"]
    assert document["readout"] == {"type": "voting", "groups": [{"label": "0", "from": 0, "to": 3},
                                                                {"label": "1", "from": 3, "to": 6}]}
    assert "2 (Dropout)" in out and "1 (Identity)" in out, out
    document, _, _ = written(net, (4,), {"yes": (0, 3), "no": (3, 6)})
    assert [group["label"] for group in document["readout"]["groups"]] == ["yes", "no"]


def test_double_and_half():
    for dtype in (torch.float64, torch.bfloat16):
        _, arrays, _ = written(nn.Sequential(nn.Linear(4, 2), neuron.IFNode()).to(dtype), (4,))
        assert arrays["0.weight"].dtype == (numpy.float64 if dtype == torch.float64 else numpy.float32)


def test_harmless_subclass():
    class Thrifty(neuron.LIFNode):
        def __init__(self):
            super().__init__(tau=3.0, v_threshold=0.5)

        def extra_repr(self):
            return "thrifty"

    document, _, _ = written(nn.Sequential(nn.Linear(4, 2), Thrifty()), (4,))
    assert document["layers"][1] == {"name": "1", "type": "lif", "v_threshold": 0.5, "v_reset": 0.0, "tau": 3.0,
                                     "decay_input": True}


class Bursting(neuron.LIFNode):
    def neuronal_fire(self):
        return 2 * super().neuronal_fire()


class Skip(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Free(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)


def patched():
    node = neuron.IFNode()
    node.neuronal_reset = lambda spike: None
    return node


def silent():
    node = neuron.IFNode(surrogate_function=surrogate.Sigmoid())  # the default is one object for all neurons
    node.surrogate_function.set_spiking_mode(False)
    return node


def raised():
    node = neuron.IFNode()
    node.set_reset_value("v", 0.5)
    return node


def learned_threshold():
    node = neuron.IFNode()
    node.v_threshold = torch.ones(6)
    return node


GRID, SHARED = (2, 8, 8), neuron.IFNode()
ERRORS = [
    (nn.Conv2d(2, 4, 3, padding=1, padding_mode="reflect"), "padding_mode is 'reflect'"),
    (nn.Conv2d(2, 4, 2, padding="same"), "padding 'same'"),
    (nn.Conv2d(3, 4, 3), "in_channels is 3, expected 2"),
    (nn.Conv2d(2, 4, 9), "larger than its input"),
    (nn.ConvTranspose2d(2, 4, 3), "ConvTranspose2d): not known; known are AvgPool2d"),
    (nn.utils.weight_norm(nn.Conv2d(2, 4, 3)), "the state_dict has no '0.weight'"),
    (nn.utils.parametrizations.spectral_norm(nn.Conv2d(2, 4, 3)), "is another layer than Conv2d"),
    (nn.AvgPool2d(3, 2, ceil_mode=True), "ceil_mode is True"),
    (nn.MaxPool2d(3, 2, ceil_mode=True), "ceil_mode is True"),
    (nn.MaxPool2d(3, dilation=2), "dilation is 2, expected 1"),
    (nn.MaxPool2d(2, return_indices=True), "return_indices is True"),
    (nn.AvgPool2d(3, 2, 1, count_include_pad=False), "count_include_pad is False"),
    (nn.AvgPool2d(2, divisor_override=1), "divisor_override is 1"),
    (nn.AdaptiveAvgPool2d(1), "AdaptiveAvgPool2d): not known"),
    (nn.BatchNorm2d(2, track_running_stats=False), "track_running_stats is False"),
    (nn.BatchNorm2d(3), "num_features is 3, expected 2"),
    (nn.GroupNorm(1, 2), "not known"),
    (nn.Linear(8, 4), "flatten a grid"),
    (nn.Flatten(0), "start_dim is 0"),
    (nn.Flatten(1, 2), "end_dim is 2"),
    (nn.Sequential(nn.Flatten(), nn.Linear(64, 4)), "module '0.1' (torch.nn.modules.linear.Linear): in_features is 64"),
    (nn.ReLU(), "module '0' (torch.nn.modules.activation.ReLU): not known"),
    (neuron.QIFNode(), "QIFNode): not known"),
    (neuron.KLIFNode(), "KLIFNode): not known"),
    (Bursting(), "defines neuronal_fire itself"),
    (patched(), "defines neuronal_reset itself"),
    (silent(), "is not 1 from the threshold on"),
    (raised(), "potential after reset() is 0.5, expected 0.0"),
    (learned_threshold(), "module '0'"),
    (Skip(nn.BatchNorm2d(2)), "is another layer than Sequential: it defines forward"),
    (nn.Sequential(SHARED, nn.MaxPool2d(1), SHARED), "module '0.2'"),
    (layer.SeqToANNContainer(nn.Conv2d(2, 4, 3), neuron.IFNode()), "module '0.1'"),
    (layer.StepModeContainer(False, neuron.IFNode()), "takes all steps for a batch"),
    (layer.VotingLayer(4), "number of axes of the input is 3"),
    (nn.Sequential(nn.Flatten(), layer.VotingLayer(5)), "remainder of (128,) neurons by voting_size is 3"),
    (nn.Sequential(nn.Flatten(), layer.VotingLayer(4), neuron.IFNode()), "must be the last"),
]


def refused(net, shape, path="net.json"):
    with tempfile.TemporaryDirectory() as folder:
        try:
            export(net, shape, Path(folder) / path)
        except ExportError as e:
            assert not list(Path(folder).iterdir())
            return str(e)
    raise AssertionError(f"written: {net}")


def test_errors():
    for module, expected in ERRORS:
        message = refused(nn.Sequential(module), GRID)
        assert message.startswith("module '0") and expected in message, f"{expected!r} is not in: {message}"


def test_bad_calls():
    net = nn.Sequential(nn.Linear(4, 2), neuron.IFNode())
    assert "expected (channels, height, width)" in refused(net, (2, 2))
    assert "ends in .json" in refused(net, (4,), "net.npz")
    assert "nn.Sequential(OrderedDict(" in refused(Free(), (4,))
    net.register_parameter("scale", nn.Parameter(torch.ones(1)))
    assert "no layer uses the arrays ['scale']" in refused(net, (4,))


def main():
    passed = failed = 0
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            print(name)
            try:
                test()
                passed += 1
            except Exception:
                traceback.print_exc()
                failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
