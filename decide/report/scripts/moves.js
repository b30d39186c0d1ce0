// A what-if as a value: what is moved, in a link, and as YAML.

const noMoves = () => ({ pinned: {}, shifted: {}, swings: {}, supposed: [] });

const countOf = moves => Object.keys(moves.pinned).length + Object.keys(moves.shifted).length
  + Object.keys(moves.swings).length + moves.supposed.length
  + (moves.horizon !== undefined) + (moves.riskTolerance !== undefined);

const FARTHEST = 6; // normal scores by which a distribution may be shifted

const LINK = "#what-if=";

function linkOf(moves) {
  const plain = { ...moves };
  if (plain.riskTolerance === null) plain.riskTolerance = "none";
  return LINK + encodeURIComponent(JSON.stringify(plain));
}

// Reads a link; what the model has not, or what is no number, is left out and said.
function movesOf(hash, { program, numbers, swings }) {
  const moves = noMoves();
  let given, isWhole = true;
  try {
    given = JSON.parse(decodeURIComponent(hash.slice(LINK.length)));
  } catch {
    return [moves, false];
  }
  const take = (kind, isKnown) => {
    for (const [name, value] of Object.entries(given?.[kind] ?? {})) {
      if (Number.isFinite(value) && isKnown(name, value)) moves[kind][name] = value;
      else isWhole = false;
    }
  };
  const states = name => program.drawn[name]?.kind === "discrete" ? program.drawn[name].values : null;
  take("pinned", (name, x) => numbers.has(name) && (states(name)?.includes(x) ?? true));
  take("shifted", (name, x) => numbers.has(name) && Object.hasOwn(program.drawn, name)
    && !(name in moves.pinned) && Math.abs(x) <= FARTHEST);
  take("swings", (name, x) => swings.has(name) && x >= 0);
  for (const one of Array.isArray(given?.supposed) ? given.supposed : []) {
    const { node, branch, strategy } = one ?? {};
    const known = Object.hasOwn(program.nodes, node) && program.nodes[node].branches.includes(branch);
    if (known && (strategy === "" || Object.hasOwn(program.strategies, strategy))) {
      moves.supposed.push({ node, branch, strategy });
    } else isWhole = false;
  }
  if (program.years.includes(given?.horizon)) moves.horizon = given.horizon;
  if (given?.riskTolerance === "none") moves.riskTolerance = null;
  else if (given?.riskTolerance > 0) moves.riskTolerance = given.riskTolerance;
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
  const made = moves.supposed.filter(s => !s.strategy), seen = moves.supposed.filter(s => s.strategy);
  if (made.length) lines.push("  made:", ...made.map(s => `    ${s.node}: ${s.branch}`));
  if (seen.length) {
    lines.push("  seen:", ...seen.map(s => `    - {node: ${s.node}, outcome: ${s.branch}, strategy: ${s.strategy}}`));
  }
  return lines.join("\n") + "\n";
}
