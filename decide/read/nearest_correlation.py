"""The valid correlation matrix nearest to one that is none.

Higham, Computing the nearest correlation matrix, IMA J. Numer. Anal. 22 (2002) 329-343.
"""

import math

Matrix = list[list[float]]

FLOOR = 1e-6  # the least eigenvalue that is left
CLOSE = 1e-9  # how little a step may change any entry for it to be the last
MOST_STEPS = 2_000
MOST_SWEEPS = 60


def nearest_correlation(matrix: Matrix) -> Matrix:
    """Return the nearest matrix with a unit diagonal and no eigenvalue below the floor.

    Alternating projections with Dykstra's correction, in the Frobenius norm. A matrix that is
    valid already comes back as it is.
    """
    if least_eigenvalue(matrix) >= FLOOR:
        return matrix
    size = range(len(matrix))
    current, correction = matrix, [[0.0] * len(matrix) for _ in size]
    for _ in range(MOST_STEPS):
        wanted = [[current[i][j] - correction[i][j] for j in size] for i in size]
        lifted = _lifted(wanted)
        correction = [[lifted[i][j] - wanted[i][j] for j in size] for i in size]
        found = [[1.0 if i == j else lifted[i][j] for j in size] for i in size]
        change = max(abs(found[i][j] - current[i][j]) for i in size for j in size)
        current = found
        if change < CLOSE:
            break
    return _with_unit_diagonal(_lifted(current))


def least_eigenvalue(matrix: Matrix) -> float:
    """Return the smallest eigenvalue of a symmetric matrix."""
    return min(_eigen(matrix)[0])


def _lifted(matrix: Matrix) -> Matrix:
    """Return the nearest symmetric matrix whose eigenvalues are at the floor or above."""
    values, vectors = _eigen(matrix)
    lifts = [(max(FLOOR - x, 0.0), v) for x, v in zip(values, vectors, strict=True) if x < FLOOR]
    size = range(len(matrix))
    return [
        [matrix[i][j] + math.fsum(lift * v[i] * v[j] for lift, v in lifts) for j in size]
        for i in size
    ]


def _with_unit_diagonal(matrix: Matrix) -> Matrix:
    scale = [math.sqrt(matrix[i][i]) for i in range(len(matrix))]
    size = range(len(matrix))
    return [[1.0 if i == j else matrix[i][j] / (scale[i] * scale[j]) for j in size] for i in size]


def _eigen(matrix: Matrix) -> tuple[list[float], Matrix]:
    """Return eigenvalues and their vectors, by Jacobi's rotations."""
    size = len(matrix)
    a = [list(row) for row in matrix]
    vectors = [[float(i == j) for j in range(size)] for i in range(size)]
    for _ in range(MOST_SWEEPS):
        if sum(a[i][j] ** 2 for i in range(size) for j in range(i)) < 1e-30:
            break
        for i in range(size):
            for j in range(i):
                if a[i][j] != 0.0:
                    _rotate(a, vectors, i, j)
    return [a[i][i] for i in range(size)], vectors


def _rotate(a: Matrix, vectors: Matrix, p: int, q: int) -> None:
    """Make one entry beside the diagonal zero."""
    theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    t = math.copysign(1.0, theta) / (abs(theta) + math.hypot(theta, 1.0))
    cosine = 1 / math.hypot(t, 1.0)
    sine = t * cosine
    for row in a:
        row[p], row[q] = cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]
    for rows in (a, vectors):
        upper, lower = rows[p], rows[q]
        rows[p] = [cosine * x - sine * y for x, y in zip(upper, lower, strict=True)]
        rows[q] = [sine * x + cosine * y for x, y in zip(upper, lower, strict=True)]
