// The workflows that publish on GitHub Pages, their build job run as a runner would: the one that `dateline new` writes,
// for every kind of address, and this repository's own.

import assert from "node:assert/strict";
import { chmod, cp, mkdir, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { DATELINE, REPOSITORY, VERSION, newSite, readYaml, temporary, well } from "./places.mjs";
import { runJob } from "./runner.mjs";
import { makeRelease, serveReleases } from "./stand-in.mjs";

const ACTION = ["--action", "ada/dateline"];

/** Runs the build job of a workflow whose repository is checked out at `workspace`. */
async function build(t, workspace, workflow, { baseUrl, repository = "ada/digest", releases, vars, bin } = {}) {
    const temp = await temporary(t);
    const { url } = await serveReleases(t, releases ?? [await makeRelease(temp, { platforms: ["Linux X64"] })]);
    const { jobs } = await readYaml(workflow);
    return runJob(jobs.build, {
        workspace,
        temp,
        baseUrl,
        vars,
        github: { repository, repository_owner: repository.split("/")[0], server_url: url },
        environment: { PATH: [bin, process.env.PATH].filter(Boolean).join(":"), STUB_PROGRAM: DATELINE },
    });
}

/** A cargo that installs the program that is there already. */
async function stubCargo(t) {
    const bin = await temporary(t);
    const script = '#!/bin/bash\nwhile [ "$1" != --root ]; do shift; done\nmkdir -p "$2/bin"; cp "$STUB_PROGRAM" "$2/bin/dateline"\n';
    await writeFile(join(bin, "cargo"), script);
    await chmod(join(bin, "cargo"), 0o755);
    return bin;
}

/** That what was uploaded is a whole site at that address, and nothing that Pages could not serve. */
async function assertSite({ status, log, artifact }, baseUrl) {
    assert.equal(status, 0, log);
    assert.ok(artifact, "it was uploaded");
    const home = new URL(`${baseUrl}/`);
    const entries = await readdir(artifact, { recursive: true, withFileTypes: true });
    const names = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(artifact.length + 1));
    for (const name of ["index.html", "404.html", "atom.xml", "sitemap.xml", "robots.txt"]) assert.ok(names.includes(name), name);
    assert.deepEqual(entries.filter((entry) => !entry.isFile() && !entry.isDirectory()), [], "files and folders alone");
    assert.deepEqual(names.filter((name) => /(^|\/)\./.test(name)), [], "no hidden files");
    for (const name of names.filter((name) => name.endsWith(".html"))) {
        const page = await readFile(join(artifact, name), "utf8");
        const targets = [...page.matchAll(/\s(?:href|src)="([^"]*)"/g)].map((match) => match[1]);
        const stray = targets.filter((target) => target.startsWith("/") && !target.startsWith(home.pathname));
        assert.deepEqual(stray, [], `${name} links beside the site`);
        const canonical = /<link rel="canonical" href="([^"]*)"/.exec(page)?.[1];
        if (canonical) assert.ok(canonical.startsWith(home.href), `${name}: ${canonical}`);
        // At any depth, the page for dead addresses must find its style.
        if (name === "404.html") assert.ok(targets.some((target) => target.startsWith(`${home.pathname}css/`)), targets.join(" "));
    }
    assert.ok((await readFile(join(artifact, "sitemap.xml"), "utf8")).includes(`<loc>${home.href}</loc>`));
}

const ADDRESSES = {
    "a project's page": { options: ["--github", "ada/digest"], baseUrl: "https://ada.github.io/digest" },
    "a user's page": { options: ["--github", "ada/ada.github.io"], baseUrl: "https://ada.github.io", repository: "ada/ada.github.io" },
    "a domain": { options: ["--github", "ada/digest", "--domain", "digest.example.org"], baseUrl: "https://digest.example.org" },
    "an address that nobody told": { options: [], baseUrl: "https://ada.github.io/other" },
};

for (const [name, { options, baseUrl, repository }] of Object.entries(ADDRESSES)) {
    test(`a new site is published at ${name}`, async (t) => {
        const site = join(await temporary(t), "digest");
        const workflow = await newSite(site, [...options, ...ACTION]);
        const result = await build(t, site, workflow, { baseUrl, repository });
        await assertSite(result, baseUrl);
        assert.equal(result.steps.dateline.outputs.version, VERSION);
        // What is built at home is what is built there.
        if (options.length) {
            await well(DATELINE, ["--quiet", "build", "--strict", "--output", join(site, "at-home")], { cwd: site });
            await well("diff", ["-r", join(site, "at-home"), result.artifact]);
        }
    });
}

test("a site in a folder of a repository is published from there", async (t) => {
    const top = await temporary(t);
    await well("git", ["init", "--quiet", "--initial-branch=trunk", top]);
    const site = join(top, "what's new/the digest");
    await newSite(site, ["--github", "ada/digest", ...ACTION]);
    const workflow = join(top, ".github/workflows/pages.yml");
    assert.deepEqual((await readYaml(workflow)).on.push.branches, ["trunk"]);
    const result = await build(t, top, workflow, { baseUrl: "https://ada.github.io/digest" });
    await assertSite(result, "https://ada.github.io/digest");
    assert.match(result.log, /^cache of what's new\/the digest\/\.dateline\/store$/m);
});

test("without a known home, Dateline is compiled from the user's own copy", async (t) => {
    const site = join(await temporary(t), "digest");
    const workflow = await newSite(site, ["--github", "ada/digest"]);
    const text = await readFile(workflow, "utf8");
    const { jobs } = await readYaml(workflow);
    // From the day that Cargo.toml names a repository, there is nothing here to try.
    if (!text.includes("./.dateline-program")) return t.skip("this Dateline knows its home");
    assert.ok(jobs.build.steps.every((step) => !/^(?!actions\/)[^./]+\//.test(step.uses)), "no stranger's action");
    const options = { baseUrl: "https://ada.github.io/digest", bin: await stubCargo(t), releases: [] };
    const result = await build(t, site, workflow, options);
    await assertSite(result, options.baseUrl);
    assert.match(result.log, /^checkout of ada\/dateline$/m);
    assert.match((await build(t, site, workflow, { ...options, vars: { DATELINE_REPOSITORY: "bob/fork" } })).log, /^checkout of bob\/fork$/m);
});

test("the sample of this repository is published, compiled from the commit", async (t) => {
    const clone = join(await temporary(t), "dateline");
    const listed = await well("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: REPOSITORY });
    const parts = /^(action\.yml|Cargo\.toml|site\.toml|content\/|static\/|templates\/|scripts\/|\.github\/)/;
    for (const name of listed.split("\0").filter((name) => parts.test(name))) {
        await mkdir(dirname(join(clone, name)), { recursive: true });
        await cp(join(REPOSITORY, name), join(clone, name)).catch((error) => {
            // Listed, but removed and not yet committed.
            if (error.code !== "ENOENT") throw error;
        });
    }
    const baseUrl = "https://ada.github.io/dateline";
    const bin = await stubCargo(t);
    const workflow = join(clone, ".github/workflows/pages.yml");
    const result = await build(t, clone, workflow, { baseUrl, bin, repository: "ada/dateline" });
    await assertSite(result, baseUrl);
    assert.match(result.log, /::notice title=Dateline::The action is a folder/);
});

test("a site with an error is not published", async (t) => {
    const site = join(await temporary(t), "digest");
    const workflow = await newSite(site, ["--github", "ada/digest", ...ACTION]);
    await writeFile(join(site, "content/pages/wrong.md"), "+++\ntitle = \"Wrong\"\n+++\n\n[x](./nowhere.md)\n");
    const result = await build(t, site, workflow, { baseUrl: "https://ada.github.io/digest" });
    assert.deepEqual([result.status, result.artifact], [1, undefined]);
    assert.match(result.log, /^::error .*file=content\/pages\/wrong\.md/m);
});

test("warnings are shown, and fail the build where that is asked for", async (t) => {
    const site = join(await temporary(t), "digest");
    const workflow = await newSite(site, ["--github", "ada/digest", ...ACTION]);
    await writeFile(join(site, "content/pages/warned.md"), "+++\ntitle = \"Warned\"\n+++\n\n![](/favicon.svg)\n");
    const baseUrl = "https://ada.github.io/digest";
    const result = await build(t, site, workflow, { baseUrl });
    await assertSite(result, baseUrl);
    assert.match(result.log, /^::warning .*file=content\/pages\/warned\.md/m);
    for (const [strict, status] of [["true", 1], ["false", 0], ["yes", 1]]) {
        const text = (await readFile(workflow, "utf8")).replace(/^ +base-url: .*$/m, (line) => `${line}\n          strict: ${strict}`);
        await rm(join(site, "public"), { recursive: true, force: true });
        await writeFile(join(site, "strict.yml"), text);
        assert.equal((await build(t, site, join(site, "strict.yml"), { baseUrl })).status, status, strict);
    }
});

test("a link in static/ is uploaded as the file it leads to", async (t) => {
    const site = join(await temporary(t), "digest");
    const workflow = await newSite(site, ["--github", "ada/digest", ...ACTION]);
    await mkdir(join(site, "static"));
    await writeFile(join(site, "note.txt"), "A note.\n");
    await symlink("../note.txt", join(site, "static/linked.txt"));
    const result = await build(t, site, workflow, { baseUrl: "https://ada.github.io/digest" });
    await assertSite(result, "https://ada.github.io/digest");
    assert.equal(await readFile(join(result.artifact, "linked.txt"), "utf8"), "A note.\n");
});
