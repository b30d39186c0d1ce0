// A what-if as a value: what is moved, in a link, and as YAML.

const noMoves = () => ({ pinned: bare(), shifted: bare(), swings: bare(), supposed: [] });

const copyOf = moves => ({ ...moves, pinned: bare(moves.pinned), shifted: bare(moves.shifted),
  swings: bare(moves.swings), supposed: [...moves.supposed] });

const countOf = moves => Object.keys(moves.pinned).length + Object.keys(moves.shifted).length
  + Object.keys(moves.swings).length + moves.supposed.length
  + (moves.horizon !== undefined) + (moves.riskTolerance !== undefined) + !!moves.acquired;

const FARTHEST = 6; // normal scores by which a distribution may be shifted

const LINK = "#what-if=";

function linkOf(moves) {
  const plain = { ...moves };
  if (plain.riskTolerance === null) plain.riskTolerance = "none";
  return LINK + encodeURIComponent(JSON.stringify(plain));
}

// Reads a link; what the model has not, or what is no number, is left out and said.
function movesOf(hash, { program, numbers, swings, firms }) {
  const moves = noMoves();
  let given = null, isWhole = true;
  try {
    given = JSON.parse(decodeURIComponent(hash.slice(LINK.length)));
  } catch {
    // said below
  }
  if (!isPlain(given)) return [moves, false];
  const take = (kind, isKnown) => {
    for (const [name, value] of Object.entries(given[kind] ?? {})) {
      if (Number.isFinite(value) && isKnown(name, value)) moves[kind][name] = value;
      else isWhole = false;
    }
  };
  const states = name => program.drawn[name]?.kind === "discrete" ? program.drawn[name].values : null;
  const canBe = (name, x) => (!name.endsWith(".p") || x >= 0 && x <= 1)
    && (name !== "discount_rate" || x > -0.5 && x < 1);
  take("pinned", (name, x) => numbers.has(name) && (states(name)?.includes(x) ?? canBe(name, x)));
  take("shifted", (name, x) => numbers.has(name) && name in program.drawn
    && !(name in moves.pinned) && x !== 0 && Math.abs(x) <= FARTHEST);
  take("swings", (name, x) => swings.has(name) && x >= 0);
  const ids = Object.keys(program.nodes), events = new Set();
  for (const one of Array.isArray(given.supposed) ? given.supposed : []) {
    const { node, branch, strategy } = one ?? {};
    const own = ids.includes(node) ? program.nodes[node] : null;
    const isMet = strategy === "" ? own?.kind === "c"
      : Object.hasOwn(program.strategies, strategy) && program.strategies[strategy].some(step => ids[step[1]] === node);
    if (own && own.kind !== "d" && own.branches.includes(branch) && isMet && !events.has(own.event)) {
      events.add(own.event);
      moves.supposed.push({ node, branch, strategy });
    } else isWhole = false;
  }
  const { horizon, riskTolerance, acquired } = given;
  if (program.years.includes(horizon)) moves.horizon = horizon;
  else isWhole &&= horizon === undefined;
  if (riskTolerance === "none") moves.riskTolerance = null;
  else if (Number.isFinite(riskTolerance) && riskTolerance > 0) moves.riskTolerance = riskTolerance;
  else isWhole &&= riskTolerance === undefined;
  if (firms.has(acquired)) moves.acquired = acquired;
  else isWhole &&= acquired === undefined;
  return [moves, isWhole];
}

// The what-if as the file that `decide report --with` takes.
function yamlOf(moves, digest) {
  const lines = ["what_if:", `  digest: ${digest}`];
  for (const kind of ["pinned", "shifted", "swings"]) {
    const entries = Object.entries(moves[kind]);
    if (entries.length) lines.push(`  ${kind}:`, ...entries.map(([name, x]) => `    ${name}: ${x}`));
  }
  if (moves.horizon !== undefined) lines.push(`  horizon: ${moves.horizon}`);
  if (moves.riskTolerance !== undefined) lines.push(`  risk_tolerance: ${moves.riskTolerance ?? "none"}`);
  if (moves.acquired) lines.push(`  acquired: ${moves.acquired}`);
  const made = moves.supposed.filter(s => !s.strategy), seen = moves.supposed.filter(s => s.strategy);
  if (made.length) lines.push("  made:", ...made.map(s => `    ${s.node}: ${s.branch}`));
  if (seen.length) {
    lines.push("  seen:", ...seen.map(s => `    - {node: ${s.node}, outcome: ${s.branch}, strategy: ${s.strategy}}`));
  }
  return lines.join("\n") + "\n";
}
