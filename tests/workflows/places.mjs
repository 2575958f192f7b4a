// Where things are, and how they are read.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";

export const REPOSITORY = resolve(import.meta.dirname, "../..");
export const ACTION = join(REPOSITORY, "action.yml");

/** The binary that cargo built. */
export const DATELINE = resolve(
    process.env.DATELINE_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target"), "debug/dateline"),
);

/** The version in Cargo.toml. */
export const VERSION = /^version = "([^"]+)"/m.exec(await readFile(join(REPOSITORY, "Cargo.toml"), "utf8"))[1];

export const readYaml = async (path) => parse(await readFile(path, "utf8"));

/** This repository's own workflows. */
export async function ownWorkflows() {
    const folder = join(REPOSITORY, ".github/workflows");
    return (await readdir(folder)).sort().map((name) => ({ name, path: join(folder, name) }));
}

/** A folder that goes with the test. */
export async function temporary(t) {
    const folder = await mkdtemp(join(tmpdir(), "dateline-workflows-"));
    t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
    return folder;
}

/** The environment of this process, less what would speak of the machine or of another repository. */
export function cleanEnvironment(more = {}) {
    const kept = Object.entries(process.env).filter(([name]) => !/^(GIT_|GITHUB_|RUNNER_|INPUT_|DATELINE_|SOURCE_DATE_EPOCH)/.test(name));
    return { ...Object.fromEntries(kept), ...more };
}

/** Runs a program to its end and gives { status, out, err }, whatever it ends with. */
export async function run(program, args, options = {}) {
    try {
        const { stdout, stderr } = await promisify(execFile)(program, args, { maxBuffer: 1 << 26, ...options });
        return { status: 0, out: stdout, err: stderr };
    } catch (error) {
        if (typeof error.code !== "number") throw error;
        return { status: error.code, out: error.stdout, err: error.stderr };
    }
}

/** Runs a program that has to end well, and gives its standard output. */
export async function well(program, args, options) {
    const { status, out, err } = await run(program, args, options);
    if (status !== 0) throw new Error(`${basename(program)} ${args.join(" ")} ended with ${status}:\n${out}\n${err}`);
    return out;
}

/** Makes a site with `dateline new`, and gives the workflow that was written. */
export async function newSite(folder, args = []) {
    await well(DATELINE, ["--quiet", "new", folder, ...args], { env: cleanEnvironment({ TZ: "Europe/Berlin" }) });
    return join(folder, ".github/workflows/pages.yml");
}
