// Making a release: what scripts/release-check lets through, and that all who name its files name them alike.

import assert from "node:assert/strict";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { REPOSITORY, cleanEnvironment, newSite, readYaml, run, temporary } from "./places.mjs";
import { TARGETS } from "./stand-in.mjs";

const CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n- Not yet.\n\n## [1.2.3] - 2026-11-25\n\n### Added\n\n- New.\n\n## [1.2.2]\n\n- Old.\n\n[1.2.3]: https://example.org/\n";

async function check(t, { tag = "v1.2.3", repository = "ada/dateline", changelog = CHANGELOG } = {}) {
    const folder = await temporary(t);
    await mkdir(join(folder, "scripts"));
    await cp(join(REPOSITORY, "scripts/release-check"), join(folder, "scripts/release-check"));
    const manifest = '[package]\nname = "dateline"\nversion = "1.2.3"\nrepository = "https://github.com/ada/dateline"\n\n[dependencies]\nversion = "9"\n';
    await writeFile(join(folder, "Cargo.toml"), manifest);
    await writeFile(join(folder, "CHANGELOG.md"), changelog);
    return run(join(folder, "scripts/release-check"), [tag, repository], { env: cleanEnvironment() });
}

test("the notes of a release are its part of the changelog", async (t) => {
    const { status, out, err } = await check(t);
    assert.deepEqual([status, err], [0, ""]);
    assert.equal(out, "### Added\n\n- New.\n");
    const last = await check(t, { changelog: "## [1.2.3]\n\n- New.\n\n[1.2.3]: https://example.org/\n" });
    assert.equal(last.out, "- New.\n");
});

test("a tag that is not the version, is nowhere in the changelog, or is in a copy elsewhere is no release", async (t) => {
    const changes = { tag: "v1.2.4", repository: "bob/dateline", changelog: "## [Unreleased]\n\n- Not yet.\n" };
    const said = { tag: /Cargo.toml has version 1.2.3/, repository: /not https:\/\/github.com\/bob\/dateline/, changelog: /nothing under/ };
    for (const [name, value] of Object.entries(changes)) {
        const { status, out, err } = await check(t, { [name]: value });
        assert.deepEqual([status, out], [1, ""], name);
        assert.match(err, said[name]);
    }
});

test("what a release holds is what the action looks for", async () => {
    const { jobs } = await readYaml(join(REPOSITORY, ".github/workflows/release.yml"));
    const built = jobs.build.strategy.matrix.include.map(({ target }) => target).sort();
    const looked = (await readFile(join(REPOSITORY, "scripts/action/install.sh"), "utf8")).matchAll(/"dateline-v\$1-(.+)"/g);
    const archives = [...looked].map((match) => match[1]).sort();
    assert.deepEqual(archives, Object.values(TARGETS).sort());
    assert.deepEqual(archives.map((name) => name.replace(/\.(tar\.gz|zip)$/, "")), built);
});

test("new sites use the tag that a release moves", async (t) => {
    const { jobs } = await readYaml(join(REPOSITORY, ".github/workflows/release.yml"));
    const made = await readYaml(await newSite(join(await temporary(t), "digest"), ["--action", "ada/dateline"]));
    const ours = made.jobs.build.steps.find((step) => step.id === "dateline");
    assert.equal(ours.uses, `ada/dateline@${jobs.publish.env.ACTION_TAG}`);
});
