/**
 * Answers for a case's thumbnail: as it is kept with the case, else from the server. Nothing is kept here, or every case that
 * was listed would look like one half kept. Workbox writes this function's source into the service worker: it must not use
 * anything from outside its body.
 */
export async function answerThumbnail({ request }: { request: Request }): Promise<Response> {
	return (await caches.match(request)) ?? fetch(request);
}
