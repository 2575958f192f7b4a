// scripts/action/install.sh, run for real against a stand-in for the releases. Only cargo is a stub, which writes down
// what it was asked: a true `cargo install` takes minutes.

import assert from "node:assert/strict";
import { chmod, cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { DATELINE, REPOSITORY, VERSION, cleanEnvironment, run, temporary, well } from "./places.mjs";
import { OWNER, archiveOf, makeRelease, serveReleases, sums } from "./stand-in.mjs";

const SCRIPT = join(REPOSITORY, "scripts/action/install.sh");
const OTHER = "99.0.1";

/** Runs the script as the action does, and gives what became of it. */
async function install(t, { server = "http://127.0.0.1:9", platform = "Linux X64", version = "", environment = {}, cargo = true }) {
    const temp = await temporary(t);
    const [bin, runnerTemp] = [join(temp, "bin"), join(temp, "a place for files")];
    await mkdir(bin);
    await mkdir(runnerTemp);
    await stubCargo(bin, cargo);
    const [output, path] = [join(temp, "output"), join(temp, "path")];
    await Promise.all([output, path].map((file) => writeFile(file, "")));
    const [os, arch] = platform.split(" ");
    const ended = await run("bash", [SCRIPT], {
        cwd: temp,
        env: cleanEnvironment({
            PATH: `${bin}:${process.env.PATH}`,
            GITHUB_ACTION_PATH: REPOSITORY,
            GITHUB_SERVER_URL: server,
            GITHUB_REPOSITORY: "somebody/digest",
            GITHUB_OUTPUT: output,
            GITHUB_PATH: path,
            RUNNER_TEMP: runnerTemp,
            RUNNER_OS: os,
            RUNNER_ARCH: arch,
            DATELINE_REPOSITORY: OWNER,
            DATELINE_VERSION: version,
            DATELINE_RETRY_PAUSE: "0",
            STUB_LOG: join(temp, "cargo.log"),
            STUB_PROGRAM: DATELINE,
            ...environment,
        }),
    });
    const read = (file) => readFile(file, "utf8").catch(() => "");
    const folder = (await read(path)).trim();
    return {
        ...ended,
        said: ended.out + ended.err,
        outputs: await read(output),
        cargo: (await read(join(temp, "cargo.log"))).trimEnd().split("\n").filter(Boolean),
        /** What the next step would find as `dateline`. */
        program: folder && (await readdir(folder)).map((name) => join(folder, name))[0],
    };
}

async function stubCargo(bin, works) {
    const install = 'while [ "$1" != --root ]; do shift; done; mkdir -p "$2/bin"; cp "$STUB_PROGRAM" "$2/bin/dateline"';
    await writeFile(join(bin, "cargo"), `#!/bin/bash\nprintf '%s\\n' "$*" >> "$STUB_LOG"\n${works ? install : "exit 101"}\n`);
    await chmod(join(bin, "cargo"), 0o755);
}

/** A release made, served, and asked for. */
async function released(t, { make = {}, change = () => {}, answer, ...options } = {}) {
    const release = await makeRelease(await temporary(t), { platforms: [options.platform ?? "Linux X64"], ...make });
    change(release.files);
    const served = await serveReleases(t, [release], answer);
    return { ...(await install(t, { server: served.url, ...options })), asked: served.asked };
}

function assertInstalled(result, version = VERSION) {
    assert.equal(result.status, 0, result.said);
    assert.equal(result.outputs, `version=${version}\n`);
    assert.ok(result.program, "a folder was added to the PATH");
}

function assertCompiled(result, why) {
    assertInstalled(result);
    assert.equal(result.cargo.length, 1);
    assert.match(result.cargo[0], /^install --locked --path (\S+) --features cards --root /);
    assert.ok(result.cargo[0].includes(`--path ${REPOSITORY} `), result.cargo[0]);
    assert.match(result.out, new RegExp(`^::notice title=Dateline::${why}.*so Dateline is compiled`, "m"));
}

function assertRefused(result, why) {
    assert.equal(result.status, 1, result.said);
    assert.match(result.err, new RegExp(`^::error title=Dateline::.*${why}`, "m"));
    assert.deepEqual([result.outputs, result.program], ["", ""]);
    assert.deepEqual(result.cargo, [], "nothing else was tried");
}

for (const platform of ["Linux X64", "Linux ARM64", "macOS X64", "macOS ARM64", "Windows X64"]) {
    test(`the release for ${platform} is taken`, async (t) => {
        const result = await released(t, { platform });
        assertInstalled(result);
        assert.deepEqual(result.cargo, []);
        assert.ok((await readFile(result.program, "utf8")).endsWith(`# ${platform}\n`));
        assert.deepEqual(
            result.asked.map((path) => path.split("/").at(-1)),
            ["SHA256SUMS", archiveOf(platform)],
        );
    });
}

test("of an archive, nothing but the program is unpacked", async (t) => {
    const { program } = await released(t);
    assert.deepEqual(await readdir(join(program, "..")), ["dateline"]);
});

test("a version that was asked for is taken, with v or without", async (t) => {
    for (const version of [OTHER, `v${OTHER}`]) {
        assertInstalled(await released(t, { make: { version: OTHER }, version }), OTHER);
    }
});

test("latest is the newest release", async (t) => {
    const temp = await temporary(t);
    const releases = [await makeRelease(temp), await makeRelease(temp, { version: OTHER })];
    const { url } = await serveReleases(t, releases);
    assertInstalled(await install(t, { server: url, version: "latest" }), OTHER);
});

test("latest, where there is no release, is the source", async (t) => {
    const { url } = await serveReleases(t, []);
    assertCompiled(await install(t, { server: url, version: "latest" }), `${OWNER} has no release`);
});

test("a program whose digest is wrong is an error", async (t) => {
    const swap = (files) => files.set(archiveOf("Linux X64"), Buffer.concat([files.get(archiveOf("Linux X64")), Buffer.from("x")]));
    assertRefused(await released(t, { change: swap }), "the SHA-256 of .* is not used");
});

test("so is one with a digest that cannot be read, or with two", async (t) => {
    const name = archiveOf("Linux X64");
    const line = (files) => sums(new Map([[name, files.get(name)]])).toString();
    for (const text of [(files) => line(files).slice(1), (files) => line(files) + line(files)]) {
        const change = (files) => files.set("SHA256SUMS", Buffer.from(text(files)));
        assertRefused(await released(t, { change }), "the SHA-256 of");
    }
});

test("an archive that came short, with nothing to tell it by, is an error", async (t) => {
    const answer = (path) => (path.endsWith(".tar.gz") ? "short" : undefined);
    assertRefused(await released(t, { answer }), "the SHA-256 of");
});

test("a download that breaks off is begun again", async (t) => {
    for (const fault of ["truncate", "drop", 500, 503, 429]) {
        const result = await released(t, { answer: (path, nth) => (nth < 3 ? fault : undefined) });
        assertInstalled(result);
        assert.equal(result.asked.length, 6, `${fault}: three times each`);
    }
});

test("one that breaks off again and again is an error", async (t) => {
    for (const fault of ["truncate", "drop", 500, 403]) {
        const result = await released(t, { answer: (path) => (path.endsWith(".tar.gz") ? fault : undefined) });
        assertRefused(result, "could not be fetched");
        assert.equal(result.asked.filter((path) => path.endsWith(".tar.gz")).length, 4);
    }
});

test("a server that is not there is an error", async (t) => {
    assertRefused(await install(t, {}), "could not be fetched");
    assertRefused(await install(t, { version: "latest" }), "could not be fetched");
});

test("a version that was not released is compiled, if it is that of the source", async (t) => {
    const { url } = await serveReleases(t, []);
    const none = `${OWNER} has no release v${VERSION}`;
    assertCompiled(await install(t, { server: url }), none);
    assertCompiled(await install(t, { server: url, version: VERSION }), none);
    assertRefused(await install(t, { server: url, version: OTHER }), `has no release v${OTHER}. Ask for another`);
});

test("a platform that has no program is compiled for", async (t) => {
    const none = `Release v${VERSION} has no program for`;
    assertCompiled(await released(t, { make: { platforms: ["macOS ARM64"] } }), none);
    assertCompiled(await released(t, { platform: "Linux X64", environment: { RUNNER_ARCH: "ARM" } }), none);
});

test("a program that is listed and gone is compiled", async (t) => {
    const change = (files) => files.delete(archiveOf("Linux X64"));
    assertCompiled(await released(t, { change }), `Release v${VERSION} has lost`);
});

test("without SHA256SUMS there is no release, whatever else there is", async (t) => {
    assertCompiled(await released(t, { change: (files) => files.delete("SHA256SUMS") }), ".* has no release");
});

test("an action in a folder of the workflow's own is compiled, and asks nobody", async (t) => {
    const environment = { DATELINE_REPOSITORY: "" };
    assertCompiled(await install(t, { environment }), "The action is a folder");
    // Where a version was asked for, it is that of the workflow's own repository.
    const result = await released(t, { version: VERSION, environment: { DATELINE_REPOSITORY: "", GITHUB_REPOSITORY: OWNER } });
    assertInstalled(result);
    assert.deepEqual(result.cargo, []);
});

test("when it cannot be compiled, that is the error", async (t) => {
    const { url } = await serveReleases(t, []);
    const result = await install(t, { server: url, cargo: false });
    assert.equal(result.status, 1);
    assert.match(result.err, /::error title=Dateline::Dateline could not be compiled/);
    assert.equal(result.outputs, "");
});

test("a program that is another version than it should be is an error", async (t) => {
    assertRefused(await released(t, { make: { says: "0.0.1" } }), `should be dateline ${VERSION}`);
});

test("what is no version is an error, and no command", async (t) => {
    for (const version of ["1", "main", "1.2.3-rc", "../../x", "$(touch hacked)", "1.2.3; touch hacked", "a\n::warning::b"]) {
        const result = await released(t, { version });
        assertRefused(result, "is no version of Dateline");
        assert.deepEqual(result.asked, []);
        assert.ok(!/^::warning/m.test(result.said), result.said);
    }
});

test("the action's own version is read from beside it", async (t) => {
    const action = join(await temporary(t), "it's an action");
    await mkdir(action);
    await cp(join(REPOSITORY, "Cargo.toml"), join(action, "Cargo.toml"));
    await well("sed", ["-i", "s/^version = .*/version = \"99.0.1\"/", join(action, "Cargo.toml")]);
    const result = await released(t, { make: { version: OTHER }, environment: { GITHUB_ACTION_PATH: action } });
    assertInstalled(result, OTHER);
});
