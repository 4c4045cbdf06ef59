#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""headers.py FOLDER: prints every public header under FOLDER, as a user includes it.

Headers that need another library are left out: their tests include them first.
"""

import pathlib
import sys

NEED_A_LIBRARY = ("ctgrad/interop/ceres.hpp", "ctgrad/interop/dlib.hpp", "ctgrad/interop/eigen.hpp", "ctgrad/interop/ipopt.hpp",
                  "ctgrad/interop/detail/ipopt_data.hpp", "ctgrad/interop/ipopt_newton.hpp", "ctgrad/interop/ipopt_sparse.hpp",
                  "ctgrad/interop/nlopt.hpp", "ctgrad/interop/openmp.hpp", "ctgrad/interop/tbb.hpp",
                  "ctgrad/io/checkpoint.hpp", "ctgrad/io/csv.hpp",
                  "ctgrad/io/detail/csv_rows.hpp", "ctgrad/io/detail/zip_archive.hpp", "ctgrad/io/npz.hpp", "ctgrad/io/safetensors.hpp",
                  "ctgrad/model/callbacks/model_checkpoint.hpp")

folder = pathlib.Path(sys.argv[1])
for header in sorted(folder.rglob("*.hpp")):
    path = header.relative_to(folder.parent).as_posix()
    if not path.startswith(NEED_A_LIBRARY):
        print(path)
