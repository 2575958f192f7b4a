// Serves the folder of a built site on 127.0.0.1, below the path of its base_url, the way a plain static host does:
// right media types, gzip, index.html for a folder, 404.html for what is not there.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

const MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
};
const COMPRESSED = /^text\/|json|xml|svg/;

/**
 * Starts a server for `folder`, on a port the system picks. The port must be known before the site is built, since
 * base_url has it, so the folder may still be empty.
 */
export async function serve(folder, basePath) {
    const server = createServer((request, response) => {
        answer(folder, basePath, request, response).catch((error) => {
            response.writeHead(500).end(String(error));
        });
    });
    await new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", resolve);
    });
    return {
        home: `http://127.0.0.1:${server.address().port}${basePath}`,
        close() {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(resolve));
        },
    };
}

async function answer(folder, basePath, request, response) {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    const inSite = path.startsWith(basePath) ? path.slice(basePath.length) : null;
    const name = inSite === null ? null : normalize(inSite === "" || inSite.endsWith("/") ? `${inSite}index.html` : inSite);
    let status = 200;
    let file = name;
    let body = name === null || name.startsWith(`..${sep}`) ? null : await readIfThere(join(folder, name));
    if (body === null) {
        status = 404;
        file = "404.html";
        body = (await readIfThere(join(folder, file))) ?? Buffer.from("not found");
    }
    const type = MEDIA_TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
    const headers = { "content-type": type, "cache-control": "max-age=600", vary: "accept-encoding" };
    if (COMPRESSED.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
        headers["content-encoding"] = "gzip";
        body = gzipSync(body);
    }
    headers["content-length"] = body.length;
    response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
}

async function readIfThere(file) {
    try {
        return await readFile(file);
    } catch (error) {
        if (["ENOENT", "EISDIR", "ENOTDIR", "ENAMETOOLONG"].includes(error.code)) return null;
        throw error;
    }
}
