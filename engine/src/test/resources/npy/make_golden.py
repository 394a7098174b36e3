"""Writes the golden files beside this script with NumPy; run it in this folder. Made with NumPy 2.4.6."""

import numpy as np
from numpy.lib import format as npy

TYPES = "? i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split()


def values(code):
    """2 x 3 elements that reach both ends of the type."""
    if code == "?":
        flat = [True, False, False, True, True, False]
    elif code[0] == "f":
        info = np.finfo(code)
        flat = [0.0, -0.1, 1 / 3, info.max, info.smallest_subnormal, -np.inf]
    else:
        info = np.iinfo(code)
        flat = [info.min, info.max, 0, 1, info.max // 3, info.min // 5]
    return np.array(flat, dtype=code).reshape(2, 3)


little = {np.dtype(code).name: values(code) for code in TYPES}
big = {name: np.asfortranarray(a.astype(a.dtype.newbyteorder(">"))) for name, a in little.items()}
np.savez("little.npz", **little)
np.savez_compressed("big-fortran.npz", **big)

cube = np.arange(24, dtype="<f4").reshape(2, 3, 4)
np.save("cube.npy", cube)
np.save("cube-fortran.npy", np.asfortranarray(cube))
np.save("scalar.npy", np.float64(2.5))
np.save("empty.npy", np.zeros((0, 3), dtype="u1"))
for version in (2, 3):
    with open(f"cube-version{version}.npy", "wb") as out:
        npy.write_array(out, cube, version=(version, 0))
np.save("records.npy", np.zeros(2, dtype=[("t", "<i8"), ("p", "?")]))
np.save("objects.npy", np.array([None, {}], dtype=object), allow_pickle=True)
