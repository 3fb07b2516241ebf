import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { contentPolicy } from './contentPolicy.ts';
import { findFile, pathParts } from './folder.ts';
import { sendFile } from './sendFile.ts';

/** Where the site's files are. */
export interface SiteFolders {
	/** The built pages. */
	readonly dist: string;
	/** The data folder; its `cases/` is served under `/cases/`, nothing else of it is. */
	readonly data: string;
}

/** Answers one request. Rejects only on a fault of the disk. */
export type SiteHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves the built site and the cases. */
export function siteHandler({ dist, data }: SiteFolders): SiteHandler {
	return async (request, response) => {
		response.setHeader('Content-Security-Policy', contentPolicy());
		response.setHeader('X-Content-Type-Options', 'nosniff');
		response.setHeader('Referrer-Policy', 'no-referrer');
		response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
		if (!isOwnHost(request.headers.host)) return sendText(response, 421, 'This address is not served here.');
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			response.setHeader('Allow', 'GET, HEAD');
			return sendText(response, 405, 'Only GET and HEAD are answered here.');
		}

		const [pathname = '/', query] = (request.url ?? '/').split(/\?(.*)/s);
		const parts = pathname.startsWith('/') ? pathParts(pathname) : undefined;
		if (parts === undefined) return sendText(response, 400, 'This address is malformed.');

		const inCases = parts[0] === 'cases';
		const folder = inCases ? join(data, 'cases') : dist;
		const inFolder = inCases ? parts.slice(1) : parts;
		const asFolder = pathname.endsWith('/');
		const found = await findFile(folder, asFolder && !inCases ? [...inFolder, 'index.html'] : inFolder);
		if (found === 'folder' && !inCases && (await findFile(folder, [...inFolder, 'index.html']))) {
			// From the decoded parts, so that no address such as //elsewhere.example leads away.
			const home = `/${parts.map(encodeURIComponent).join('/')}/`;
			response.setHeader('Location', query === undefined ? home : `${home}?${query}`);
			return sendText(response, 308, 'Moved.');
		}
		if (found && found !== 'folder' && !(asFolder && inCases))
			return sendFile(request, response, found, { freshness: parts[0] === '_astro' ? 'forever' : 'ask' });

		const missing = await findFile(dist, ['404.html']);
		if (inCases || !missing || missing === 'folder') return sendText(response, 404, 'There is nothing here.');
		return sendFile(request, response, missing, { status: 404 });
	};
}

/**
 * Whether a request was meant for this machine. Any other name is a page elsewhere that had its own name point
 * here in order to read the cases, which may be patients'.
 */
function isOwnHost(host: string | undefined): boolean {
	return host !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);
}

function sendText(response: ServerResponse, status: number, text: string): void {
	response.setHeader('Content-Type', 'text/plain; charset=utf-8');
	response.setHeader('Cache-Control', 'no-store');
	response.writeHead(status).end(`${text}\n`);
}
