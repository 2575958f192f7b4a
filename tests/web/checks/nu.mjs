// The Nu validator over every page, style sheet and drawing of every site, redirect stubs included.
//
// One start of Java for all of them: the start takes longer than a hundred pages.

import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

// The package says where its jar is.
const JAR = createRequire(import.meta.url)("vnu-jar");
// Warnings do not fail; the stress site earns some by being what it is. Those of the sample come first.
const SHOWN_WARNINGS = 3;
const CHECKED = /\.(html|css|svg)$/;

export async function run({ sites, result }) {
    const files = [];
    for (const site of sites) {
        for (const name of await readdir(site.folder, { recursive: true })) {
            if (CHECKED.test(name)) files.push({ site: site.name, page: `/${name}`, file: join(site.folder, name) });
        }
    }

    const messages = await validate(files.map(({ file }) => file));
    const byFile = new Map();
    for (const message of messages) {
        const file = fileURLToPath(message.url);
        byFile.set(file, [...(byFile.get(file) ?? []), message]);
    }
    let warnings = 0;
    const advice = new Map();
    for (const { site, page, file } of files) {
        const ofFile = byFile.get(file) ?? [];
        const errors = ofFile.filter((message) => message.type !== "info");
        for (const { message } of ofFile.filter((message) => message.subType === "warning")) {
            warnings += 1;
            if (!advice.has(message)) advice.set(message, `${site} ${page}`);
        }
        result.add({ site, page }, errors.map(({ type, message, lastLine, extract }) => ({
            kind: type === "error" ? kindOf(page) : "the validator failed",
            what: `line ${lastLine}: ${message} ${JSON.stringify(extract ?? "")}`,
        })));
        byFile.delete(file);
    }
    // A message about no file of ours is about the validator's own run.
    for (const [file, rest] of byFile) throw new Error(`vnu on ${file}: ${rest[0].message}`);

    result.note(`${files.length} files, ${warnings} warnings`);
    for (const [message, where] of [...advice].slice(0, SHOWN_WARNINGS)) result.note(`warning: ${message} (${where})`);
}

async function validate(files) {
    const options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"];
    // Paths are given relative to where Java runs lest their sum exceed what a command line can hold.
    const folder = dirname(dirname(files[0]));
    const { stdout } = await promisify(execFile)(
        "java",
        ["-Xss8m", "-jar", JAR, ...options, ...files.map((file) => relative(folder, file))],
        { cwd: folder, maxBuffer: 256 * 1024 * 1024, timeout: 240_000 },
    );
    return JSON.parse(stdout).messages;
}

const kindOf = (page) => ({ css: "error in CSS", svg: "error in SVG" })[page.split(".").pop()] ?? "error in HTML";
