"""A small workspace with every section of the page in it, evaluated once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from decide.evaluate import Evaluation, evaluate
from decide.read.workspace import read_workspace
from decide.report.page import render_page

CRITERIA = """\
decision:
  title: AI compute
  question: "How do we secure compute: build our own, buy a chip firm, or diversify suppliers?"
  as_of: 2023-10-31
  meeting: 2023-11-14
  years: 2024-2031
  currency: USD
  prices: nominal
  tax: before
  discount_rate: {value: 8 %, low: 5 %, high: 12 %, source: bank}
  risk_tolerance: {value: 5 bn, unit: USD, grade: judgement, reason: the largest bet we would take}
  base: status_quo
  payoff: cash
  seed: 7
levers:
  second_source: {value: 0, label: Share from a second vendor}
  own_chip: {value: 0, label: Share on own chips}
  programme: {value: 0, unit: USD/year, label: Programme}
quantities:
  demand: {label: Demand in 2031, p10: 3 %, p50: 10 %, p90: 25 %, min: 0, source: bank}
  signal: {label: Demand seen in 2025, p10: 3 %, p50: 10 %, p90: 25 %, min: 0, source: bank}
  saving:
    {p10: 0 %, p50: 25 %, p90: 45 %, min: -40 %, max: 90 %, grade: judgement, reason: as others}
  fleet: {value: 48.1 bn, unit: USD, source: bank}
  ramp: {series: {2024: 6 %, 2031: 100 %}, grade: judgement, reason: slow at first}
  lock_in: 1 %
  price: {value: 2 bn, unit: USD, grade: judgement, reason: as others paid}
  our_odds: {value: 50 %, grade: judgement, reason: the team's own view}
  works: {label: Odds that silicon works, value: (bought_by_users + our_odds) / 2}
  spend: fleet * max(0, change(demand / 10 % * ramp))
  cash: spend * (15 % * second_source + saving * own_chip - lock_in * second_source) - programme
correlations:
  - {between: [demand, signal], rank: 0.8, grade: judgement, reason: one leads to the other}
sources:
  archive: {title: A list of deals, address: https://example.org/deals, published: 2023-06}
  bank: {title: A bank's note, address: "https://example.org/note?a=1&b=2", published: 2023-10-05}
strategies:
  status_quo: {label: Status quo}
  diversify: {label: Diversify suppliers, note: Two vendors., set: {second_source: 30 %}}
  build: {label: Build in-house, set: {programme: 0.2 bn}, then: look}
  acquire: {label: Acquire a chip firm, for_each: targets, pay: -price, then: look}
  wait: {label: Wait a year, off: true}
tree:
  look: {label: Demand seen in 2025, year: 2025, observe: signal, bins: [5 %, 15 %], then: gate}
  gate:
    label: Gate 1
    year: 2026
    decide:
      go: {label: Continue, then: silicon}
      stop: {label: Stop, set: {programme: 0}}
  silicon:
    label: First silicon
    year: 2027
    chance:
      good: {label: Works, p: works, set: {own_chip: 50 %}}
      bad: {label: Fails, p: rest, set: {programme: 0}}
criteria:
  supply:
    label: Supply security
    swing: 100
    swing_reason: from one vendor to four
    criteria:
      concentration:
        {unit: HHI, worst: 9000, best: 3000, swing: 100, swing_reason: from one to four}
      delay: {unit: months, worst: 36, best: 6, swing: 60, swing_reason: three years to six months}
  control: {label: Control, worst: 0, best: 100, swing: 70, swing_reason: from none to full}
performances:
  status_quo:
    concentration: {value: 9000, source: bank}
    delay: {value: 30, source: bank}
    control: {value: 0, source: bank}
  diversify:
    concentration: {p10: 3200, p50: 3800, p90: 5200, grade: judgement, reason: as planned}
    delay: {value: 12, source: bank}
    control: {value: 20, source: bank}
  build:
    concentration: {value: 6000, source: bank}
    delay: {value: 30, source: bank}
    control: {value: 100, source: bank}
  acquire:
    concentration: {value: 6000, source: bank}
    delay: {value: 24, source: bank}
    control: {value: 80, source: bank}
"""
TARGETS = """\
screening:
  gates: {silicon: {label: Working silicon, question: Has it taped out?}}
  criteria: {maturity: {worst: 0, best: 100, swing: 1, swing_reason: from slides to volume}}
targets:
  alpha:
    label: Alpha Chips
    facts: {founded: {value: 2016, source: bank}}
    gates: {silicon: {status: pass, why: Second generation., source: bank}}
    performances: {maturity: {value: 80, source: bank}}
    quantities: {price: {value: 0.4 bn, unit: USD, source: bank}}
  beta:
    label: Beta Silicon
    gates: {silicon: {status: unknown, why: Nothing published., source: bank}}
    performances: {maturity: {value: 40, source: bank}}
    strategy_performances: {control: {value: 60, grade: judgement, reason: licences}}
  gamma:
    label: Gamma Paper
    gates: {silicon: {status: fail, why: Slides only., source: bank}}
    performances: {maturity: {value: 5, source: bank}}
classes:
  bought_by_users:
    {label: Bought by users, kind: [acquisition], buyer_kind: [cloud], success: [success]}
precedents:
  annapurna:
    label: "Amazon: Annapurna Labs"
    kind: acquisition
    buyer: Amazon
    buyer_kind: cloud
    year: 2015
    price: 360 m
    years_to_deployment: 2.8
    outcome: success
    relevance: 3
    why: in use
    source: archive
  agnilux:
    label: "Google: Agnilux"
    kind: acquisition
    buyer: Google
    buyer_kind: cloud
    year: 2010
    outcome: failure
    relevance: 1
    why: the team left
    source: archive
  fungible:
    label: "Microsoft: Fungible"
    kind: acquisition
    buyer: Microsoft
    buyer_kind: cloud
    year: 2023
    price: 190 m
    outcome: too_early
    relevance: 2
    why: just closed
    source: archive
"""

Evaluate = Callable[..., Evaluation]


@pytest.fixture(scope="session")
def evaluate_text(tmp_path_factory: pytest.TempPathFactory) -> Evaluate:
    """Evaluate the small workspace with some of its texts changed."""

    def run(*changes: tuple[str, str]) -> Evaluation:
        folder = tmp_path_factory.mktemp("workspace")
        for name, text in (("criteria/model.yaml", CRITERIA), ("targets/firms.yaml", TARGETS)):
            path = folder / name
            path.parent.mkdir()
            for old, new in changes:
                text = text.replace(old, new)  # noqa: PLW2901 - each change builds on the last
            path.write_text(text, encoding="utf-8")
        return evaluate(read_workspace(folder), draws=1024, together=())

    return run


@pytest.fixture(scope="session")
def evaluation(evaluate_text: Evaluate) -> Evaluation:
    """The small workspace, evaluated."""
    return evaluate_text()


@pytest.fixture(scope="session")
def page(evaluation: Evaluation) -> str:
    """The small workspace's page."""
    return render_page(evaluation)


@pytest.fixture(scope="session")
def page_file(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workspace's page in a file."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="session")
def shipped() -> Evaluation:
    """The shipped case, evaluated."""
    return evaluate(read_workspace(Path(__file__).parents[2]), together=())


@pytest.fixture(scope="session")
def shipped_page(shipped: Evaluation) -> str:
    """The shipped case's page."""
    return render_page(shipped)


@pytest.fixture(scope="session")
def french_page(shipped: Evaluation) -> str:
    """The shipped case's page in French."""
    return render_page(shipped, language="fr")
