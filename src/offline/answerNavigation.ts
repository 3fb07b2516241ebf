/**
 * Answers a navigation to an address that is not in the precache. Workbox writes this function's source
 * into the service worker: it must not use anything from outside its body.
 */
export async function answerNavigation({ request, url }: { request: Request; url: URL }): Promise<Response> {
	// `/zh/practice` is the page `/zh/practice/`: also when no server is there to say so.
	if (!url.pathname.endsWith('/') && (await caches.match(`${url.pathname}/index.html`, { ignoreSearch: true }))) {
		return Response.redirect(`${url.pathname}/${url.search}`, 301);
	}
	try {
		return await fetch(request);
	} catch (error) {
		const notFound = await caches.match('/404.html', { ignoreSearch: true });
		if (notFound) return notFound;
		throw error;
	}
}
