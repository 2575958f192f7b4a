// Runs the steps of a job as one of GitHub's runners would: in the workspace, with the files by which steps speak to each
// other. Actions of others are played by a few lines each, our own is read from action.yml and run for real.

import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { substitute } from "./expression.mjs";
import { ACTION, REPOSITORY, cleanEnvironment, readYaml, run, well } from "./places.mjs";

/**
 * Runs a job. `github` and `vars` are contexts, `baseUrl` is what Pages is configured to. Gives { status, log, steps, artifact }:
 * the outcome, what was printed, the steps' outputs, and the folder with what was uploaded, if it was.
 */
export async function runJob(job, { workspace, temp, baseUrl, github, vars = {}, environment = {} }) {
    const state = {
        workspace,
        temp,
        baseUrl,
        log: "",
        artifact: undefined,
        paths: [],
        count: 0,
        contexts: {
            github: { server_url: "https://github.com", sha: "0".repeat(40), event_name: "push", ...github },
            vars,
            env: {},
            steps: {},
        },
        environment: {
            ...environment,
            CI: "true",
            GITHUB_ACTIONS: "true",
            GITHUB_WORKSPACE: workspace,
            GITHUB_REPOSITORY: github.repository,
            GITHUB_SERVER_URL: github.server_url,
            RUNNER_OS: "Linux",
            RUNNER_ARCH: "X64",
            RUNNER_TEMP: join(temp, "runner"),
        },
    };
    await mkdir(state.environment.RUNNER_TEMP, { recursive: true });
    const values = Object.entries(job.env ?? {}).map(([name, value]) => [name, substitute(value, state.contexts)]);
    Object.assign(state.environment, Object.fromEntries(values));
    const status = await runSteps(job.steps, state);
    return { status, log: state.log, steps: state.contexts.steps, artifact: state.artifact };
}

async function runSteps(steps, state) {
    for (const step of steps) {
        if (step.if !== undefined) throw new Error(`a condition, which is not understood here: ${step.if}`);
        const outputs = {};
        const status = step.uses ? await use(step, state, outputs) : await runScript(step, state, outputs);
        if (step.id) state.contexts.steps[step.id] = { outputs };
        if (status !== 0) return status;
    }
    return 0;
}

/** A `run:` step. */
async function runScript(step, state, outputs) {
    const files = {};
    state.count += 1;
    for (const name of ["ENV", "OUTPUT", "PATH", "STEP_SUMMARY"]) {
        files[`GITHUB_${name}`] = join(state.temp, `${name.toLowerCase()}-${state.count}`);
        await writeFile(files[`GITHUB_${name}`], "");
    }
    const script = join(state.temp, `step-${state.count}.sh`);
    await writeFile(script, substitute(step.run, state.contexts));
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, substitute(value, state.contexts)]);
    const environment = cleanEnvironment({ ...state.environment, ...files, ...Object.fromEntries(own) });
    environment.PATH = [...state.paths, environment.PATH].join(delimiter);
    const { status, out, err } = await run("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
        cwd: state.workspace,
        env: environment,
    });
    state.log += out + err;
    Object.assign(outputs, Object.fromEntries(await lines(files.GITHUB_OUTPUT)));
    Object.assign(state.environment, Object.fromEntries(await lines(files.GITHUB_ENV)));
    for (const [folder] of await lines(files.GITHUB_PATH)) state.paths.unshift(folder);
    return status;
}

const lines = async (file) => (await readFile(file, "utf8")).split("\n").filter(Boolean).map((line) => line.split(/=(.*)/s));

/** A `uses:` step. */
async function use(step, state, outputs) {
    const inputs = Object.fromEntries(Object.entries(step.with ?? {}).map(([name, value]) => [name, substitute(value, state.contexts)]));
    const [name] = step.uses.split("@");
    if (Object.hasOwn(PLAYED, name)) return PLAYED[name](state, inputs, outputs);
    if (step.uses.startsWith("./")) return ours(state, inputs, outputs, join(state.workspace, step.uses), "");
    if (name === "ada/dateline") return ours(state, inputs, outputs, REPOSITORY, name);
    throw new Error(`nobody plays ${step.uses}`);
}

/** Our action. Its steps have contexts of their own. */
async function ours(state, given, outputs, folder, repository) {
    const action = await readYaml(join(folder, "action.yml"));
    const unknown = Object.keys(given).filter((name) => !Object.hasOwn(action.inputs, name));
    if (unknown.length) throw new Error(`the action has no input ${unknown.join(", ")}`);
    const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ""]);
    const outer = { contexts: state.contexts, environment: state.environment };
    state.contexts = {
        github: { ...outer.contexts.github, action_repository: repository },
        inputs: { ...Object.fromEntries(defaults), ...given },
        steps: {},
    };
    state.environment = { ...outer.environment, GITHUB_ACTION_PATH: folder };
    const status = await runSteps(action.runs.steps, state);
    for (const [name, output] of Object.entries(action.outputs)) outputs[name] = substitute(output.value, state.contexts);
    Object.assign(state, outer);
    return status;
}

const PLAYED = {
    "actions/checkout": async (state, inputs) => {
        // The workspace is a fresh checkout already; another repository is a copy of ours.
        if (!inputs.repository) return 0;
        state.log += `checkout of ${inputs.repository}\n`;
        await cp(ACTION, join(state.workspace, inputs.path, "action.yml"));
        for (const part of ["Cargo.toml", "scripts"]) {
            await cp(join(REPOSITORY, part), join(state.workspace, inputs.path, part), { recursive: true });
        }
        return 0;
    },
    "actions/configure-pages": async (state, inputs, outputs) => {
        Object.assign(outputs, { base_url: state.baseUrl, base_path: new URL(state.baseUrl).pathname.replace(/\/$/, "") });
        return 0;
    },
    "actions/cache": async (state, inputs) => {
        state.log += `cache of ${inputs.path}\n`;
        return 0;
    },
    // As its own step does it: links are followed, names that begin with a dot are left out.
    "actions/upload-pages-artifact": async (state, inputs) => {
        const archive = join(state.temp, "artifact.tar");
        const folder = join(state.workspace, inputs.path);
        const links = await well("find", [folder, "-type", "l"]);
        const left = ["--exclude=.git", "--exclude=.github", "--exclude=.[^/]*"];
        await well("tar", ["--dereference", "--hard-dereference", "--directory", folder, "-cf", archive, ...left, "."]);
        state.artifact = join(state.temp, "artifact");
        await mkdir(state.artifact);
        await well("tar", ["-xf", archive, "-C", state.artifact]);
        const [all, kept] = [await readdir(folder, { recursive: true }), await readdir(state.artifact, { recursive: true })];
        if (links) throw new Error(`links in the website: ${links}`);
        if (all.length !== kept.length) throw new Error(`${all.length - kept.length} files of the website are not uploaded`);
        return 0;
    },
};
