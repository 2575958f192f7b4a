// A stand-in for GitHub on 127.0.0.1: it serves the releases of one repository, and can be told to fail.

import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { DATELINE, VERSION, well } from "./places.mjs";

export const OWNER = "ada/dateline";

/** A program of its own for each platform, as releases name them. */
export const TARGETS = {
    "Linux X64": "x86_64-unknown-linux-musl.tar.gz",
    "Linux ARM64": "aarch64-unknown-linux-musl.tar.gz",
    "macOS X64": "x86_64-apple-darwin.tar.gz",
    "macOS ARM64": "aarch64-apple-darwin.tar.gz",
    "Windows X64": "x86_64-pc-windows-msvc.zip",
};

export const archiveOf = (platform, version = VERSION) => `dateline-v${version}-${TARGETS[platform]}`;

/**
 * The files of a release: name and bytes. The program in it hands on to the one that cargo built, which is the same on
 * every platform here, and says that it is `says`.
 */
export async function makeRelease(temp, { version = VERSION, platforms = Object.keys(TARGETS), says = version } = {}) {
    const files = new Map();
    for (const platform of platforms) {
        const archive = archiveOf(platform, version);
        const folder = archive.replace(/\.(tar\.gz|zip)$/, "");
        const program = join(temp, folder, platform.startsWith("Windows") ? "dateline.exe" : "dateline");
        await mkdir(join(temp, folder), { recursive: true });
        await writeFile(
            program,
            `#!/bin/sh\nif [ "$*" = --version ]; then echo "dateline ${says}"; else exec '${DATELINE}' "$@"; fi\n# ${platform}\n`,
        );
        await chmod(program, 0o755);
        await writeFile(join(temp, folder, "README.md"), "Read me.\n");
        if (archive.endsWith(".zip")) await well("zip", ["-q", "-r", archive, folder], { cwd: temp });
        else await well("tar", ["-czf", archive, folder], { cwd: temp });
        files.set(archive, await readFile(join(temp, archive)));
        await rm(join(temp, folder), { recursive: true });
    }
    files.set("SHA256SUMS", sums(files));
    return { version, files };
}

/** SHA256SUMS of these files, as sha256sum writes it. */
export function sums(files) {
    const lines = [...files].filter(([name]) => name !== "SHA256SUMS");
    return Buffer.from(lines.map(([name, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`).join(""));
}

/**
 * Serves the releases until the test ends. `answer(path, nth)` may answer in its own way: with a status, "truncate" (half
 * of the bytes), "drop" (none), "short" (half of them, as if they were all); `nth` counts from 1 how often the path was
 * asked for. Gives the address, and what was asked for.
 */
export async function serveReleases(t, releases, answer = () => undefined) {
    const asked = [];
    const tellings = new Map();
    const server = createServer((request, response) => {
        // The bytes are elsewhere, as they are on GitHub.
        const [path, elsewhere] = request.url.split("?");
        const found = /^\/ada\/dateline\/releases\/download\/v([^/]+)\/([^/]+)$/.exec(path);
        const bytes = found && releases.find(({ version }) => version === found[1])?.files.get(found[2]);
        if (elsewhere) return hand(response, bytes, tellings.get(path));
        asked.push(path);
        const told = answer(path, asked.filter((other) => other === path).length);
        tellings.set(path, told);
        if (typeof told === "number") return response.writeHead(told).end("as told");
        if (told === "drop") return request.socket.destroy();
        if (bytes) return response.writeHead(302, { location: `${path}?elsewhere` }).end();
        if (path === `/${OWNER}/releases/latest`) {
            // To the newest one, or to the list where there is none.
            const tag = releases.length ? `/tag/v${releases.at(-1).version}` : "";
            return response.writeHead(302, { location: `/${OWNER}/releases${tag}` }).end();
        }
        const isPage = new RegExp(`^/${OWNER}/releases(/tag/.*)?$`).test(path);
        return response.writeHead(isPage ? 200 : 404).end("a page");
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    t.after(() => {
        server.closeAllConnections();
        return new Promise((done) => server.close(done));
    });
    return { url: `http://127.0.0.1:${server.address().port}`, asked };
}

function hand(response, bytes, told) {
    const half = bytes.subarray(0, bytes.length / 2);
    if (told === "short") return response.writeHead(200, { "content-length": half.length }).end(half);
    response.writeHead(200, { "content-length": bytes.length });
    if (told === "truncate") return response.write(half, () => response.socket.destroy());
    return response.end(bytes);
}
