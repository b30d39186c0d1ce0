// SilverDecisions: what a tree's first branches are worth, their pay included, once for each setting of its
// variables; decisions are taken anew each time.
import { readFileSync } from "node:fs";
import { ComputationsManager } from "sd-computations";
import { DataModel, domain } from "sd-model";

const RULE = "expected-value-maximization";
const KINDS = { decision: domain.DecisionNode, chance: domain.ChanceNode, end: domain.TerminalNode };

const { tree, settings } = JSON.parse(readFileSync(0, "utf-8"));
const model = new DataModel();
model.code = Object.entries(settings[0]).map(([name, value]) => `${name} = ${value}`).join("\n");

function grow(node, parent, branch) {
  const own = new KINDS[node.kind]();
  const edge = model.addNode(own, parent);
  if (branch) edge.setPayoff(branch.pay);
  if (branch && "p" in branch) edge.probability = branch.p;
  for (const next of node.branches ?? []) grow(next.then, own, next);
  return own;
}

const root = grow(tree);
const manager = new ComputationsManager({ ruleName: RULE, jobRepositoryType: "simple" }, model);

// As its sensitivity analysis does it, without the list of all policies.
function solve(setting) {
  manager.expressionsEvaluator.clear(model);
  manager.expressionsEvaluator.evalGlobalCode(model);
  Object.assign(model.expressionScope, setting);
  manager.expressionsEvaluator.evalExpressionsForNode(model, root);
  const found = manager.treeValidator.validate(model.getAllNodesInSubtree(root));
  if (!found.isValid()) throw new Error(`invalid tree: ${Object.keys(found.errors)}`);
  manager.objectiveRulesManager.recomputeTree(root, false);
  return root.childEdges.map(
    ({ childNode }) => Number(childNode.computedValue(RULE, "payoff[0]").valueOf()),
  );
}

const start = performance.now();
const result = settings.map(solve);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ seconds, result }));
