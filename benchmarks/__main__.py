"""Prints the table: python -m benchmarks."""

from benchmarks import commands, diagram, numeric_tree


def main() -> None:
    """Time every row and print it."""
    print(f"{'work':30} {'median':>10} {'fastest':>10} {'limit':>10} {'ratio':>6} {'most':>5}")
    for part in (numeric_tree, diagram, commands):
        for row in part.rows():
            times = " ".join(f"{1000 * x:7.1f} ms" for x in (row.ours, row.fastest, row.limit))
            verdict = "" if row.ratio <= row.most else "  missed"
            print(f"{row.work:30} {times} {row.ratio:6.2f} {row.most:5g}{verdict}")
            print(f"{'':30} limit: {row.limit_name}")


main()
