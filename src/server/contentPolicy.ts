import { createHash } from 'node:crypto';

/**
 * Content-Security-Policy of a page: everything from this site only. WebAssembly may compile; scripts written
 * into the page run only if they are the ones that were there when it was read.
 */
export function contentPolicy(scriptHashes: readonly string[] = []): string {
	return [
		"default-src 'self'",
		["script-src 'self' 'wasm-unsafe-eval'", ...scriptHashes.map((hash) => `'${hash}'`)].join(' '),
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' blob: data:",
		"font-src 'self' data:",
		"connect-src 'self' blob: data:",
		"worker-src 'self' blob:",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	].join('; ');
}

/** `sha256-…` of every script written into a page, each once. */
export function inlineScriptHashes(html: string): string[] {
	const hashes = new Set<string>();
	for (const [, attributes = '', body = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi)) {
		if (/\bsrc\s*=/i.test(attributes) || body === '') continue;
		// The browser hashes the text after parsing, which makes every line break a line feed.
		const text = body.replace(/\r\n?/g, '\n');
		hashes.add(`sha256-${createHash('sha256').update(text).digest('base64')}`);
	}
	return [...hashes];
}
