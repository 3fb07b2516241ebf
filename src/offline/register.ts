import { offerUpdate } from './update.ts';

/** What the masthead can say about offline use; each has its sentence in the page, hidden until it is true. */
type OfflineState = 'ready' | 'insecure' | 'unavailable';

function show(state: OfflineState): void {
	for (const element of document.querySelectorAll<HTMLElement>('[data-offline]')) {
		element.hidden = element.getAttribute('data-offline') !== state;
	}
}

async function register(): Promise<void> {
	// Over plain http only the own machine counts as secure; a browser offers no service worker elsewhere.
	if (!window.isSecureContext) return show('insecure');
	if (!('serviceWorker' in navigator)) return show('unavailable');
	try {
		// In control means active, and a worker becomes active only after its whole precache is stored.
		if (navigator.serviceWorker.controller) show('ready');
		const registration = await navigator.serviceWorker.register('/sw.js');
		offerUpdate(registration);
		await navigator.serviceWorker.ready;
		show('ready');
	} catch {
		// Reached without a network before the first install, or where storage is blocked.
		show('unavailable');
	}
}

// The development server has no service worker.
if (import.meta.env.PROD) void register();
