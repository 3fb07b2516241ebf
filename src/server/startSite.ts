import { createServer, type Server } from 'node:http';
import { type SiteFolders, siteHandler } from './siteHandler.ts';

/** A site that is being served. */
export interface RunningSite {
	/** Address with the port, without a slash at the end. */
	readonly url: string;
	readonly port: number;
	/** Ends every connection; afterwards the port refuses. */
	stop(): Promise<void>;
}

/** The port a caller insisted on is taken. */
export class PortTakenError extends Error {}

const HOST = '127.0.0.1';
const PORTS_TRIED = 100;

/**
 * Serves the site on this machine only. `port` must be free (0: any); without it, the first free one
 * from `firstPort` on is taken.
 */
export async function startSite(
	folders: SiteFolders,
	{ port, firstPort = 4321 }: { port?: number; firstPort?: number } = {},
): Promise<RunningSite> {
	const handle = siteHandler(folders);
	const server = createServer((request, response) => {
		handle(request, response).catch((error: Error) => {
			// The browser went away in the middle, which is its right; anything else is worth a line.
			if (!response.destroyed) process.stderr.write(`${request.url}: ${error.message}\n`);
			if (response.headersSent) response.destroy();
			else response.writeHead(500, { 'Content-Type': 'text/plain' }).end('The file could not be read.\n');
		});
	});
	const taken = port === undefined ? await listenFrom(server, firstPort) : await listenOn(server, port);
	if (taken === undefined)
		throw new PortTakenError(
			port === undefined
				? `no port is free from ${firstPort} to ${firstPort + PORTS_TRIED - 1}`
				: `port ${port} is in use`,
		);
	return {
		url: `http://${HOST}:${taken}`,
		port: taken,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function listenFrom(server: Server, firstPort: number): Promise<number | undefined> {
	for (let port = firstPort; port < firstPort + PORTS_TRIED; port++) {
		const taken = await listenOn(server, port);
		if (taken !== undefined) return taken;
	}
	return undefined;
}

function listenOn(server: Server, port: number): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const onError = (error: NodeJS.ErrnoException) => {
			server.off('listening', onListening);
			if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
			else reject(error);
		};
		const onListening = () => {
			server.off('error', onError);
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : undefined);
		};
		server.once('error', onError);
		server.once('listening', onListening);
		server.listen(port, HOST);
	});
}
