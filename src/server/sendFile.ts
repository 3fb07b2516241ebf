import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { byteRange } from './byteRange.ts';
import { contentPolicy, inlineScriptHashes } from './contentPolicy.ts';
import { contentType } from './contentTypes.ts';
import type { FoundFile } from './folder.ts';

/** How long a browser may use a file without asking again. */
export type Freshness = 'ask' | 'forever';

const CACHE_CONTROL: Readonly<Record<Freshness, string>> = {
	ask: 'no-cache',
	forever: 'public, max-age=31536000, immutable',
};

/** Sends a file, a part of it, or word that the copy the browser has is still good. */
export async function sendFile(
	request: IncomingMessage,
	response: ServerResponse,
	{ path, stats }: FoundFile,
	{ status = 200, freshness = 'ask' }: { status?: number; freshness?: Freshness } = {},
): Promise<void> {
	const type = contentType(path);
	const etag = `W/"${stats.size.toString(36)}-${Math.round(stats.mtimeMs).toString(36)}"`;
	response.setHeader('Content-Type', type);
	response.setHeader('Cache-Control', CACHE_CONTROL[freshness]);
	response.setHeader('ETag', etag);
	response.setHeader('Last-Modified', stats.mtime.toUTCString());

	if (type.startsWith('text/html')) {
		const html = await readFile(path);
		response.setHeader('Content-Security-Policy', contentPolicy(inlineScriptHashes(html.toString('utf8'))));
		if (status === 200 && isKnown(request, etag)) return end(response, 304);
		response.setHeader('Content-Length', html.length);
		response.writeHead(status).end(request.method === 'HEAD' ? undefined : html);
		return;
	}

	if (status === 200 && isKnown(request, etag)) return end(response, 304);
	response.setHeader('Accept-Ranges', 'bytes');
	// The ETag is a weak one, and a weak one never vouches for a part: If-Range asks for the whole file.
	const range = 'if-range' in request.headers ? undefined : byteRange(request.headers.range, stats.size);
	if (range === 'unsatisfiable') {
		response.setHeader('Content-Range', `bytes */${stats.size}`);
		return end(response, 416);
	}
	if (range) response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${stats.size}`);
	response.setHeader('Content-Length', range ? range.end - range.start + 1 : stats.size);
	response.writeHead(range ? 206 : status);
	if (request.method === 'HEAD' || stats.size === 0) {
		response.end();
		return;
	}
	await pipeline(createReadStream(path, range ?? {}), response);
}

function isKnown(request: IncomingMessage, etag: string): boolean {
	const known = request.headers['if-none-match']?.split(',') ?? [];
	return known.some((one) => one.trim() === etag || one.trim() === '*');
}

function end(response: ServerResponse, status: number): void {
	response.writeHead(status).end();
}
