import { DRAWING_LOCK } from '../store/drawingLock.ts';

async function drawing(): Promise<boolean> {
	const { held } = await navigator.locks.query();
	return held?.some(({ name }) => name === DRAWING_LOCK) ?? false;
}

/**
 * Offers a waiting version on pages that have a place for it (`[data-update]`), while nobody draws in
 * any tab. The switch happens under the drawing lock, so that no reading room opens halfway through.
 */
export function offerUpdate(registration: ServiceWorkerRegistration): void {
	const offer = document.querySelector<HTMLElement>('[data-update]');
	if (!offer) return;

	async function reveal(): Promise<void> {
		// The first install replaces nothing.
		if (offer && registration.waiting && registration.active) offer.hidden = await drawing();
	}

	void reveal();
	document.addEventListener('visibilitychange', () => void reveal());
	registration.addEventListener('updatefound', () => {
		const worker = registration.installing;
		worker?.addEventListener('statechange', () => void reveal());
	});

	offer.querySelector('button')?.addEventListener('click', () => {
		void navigator.locks.request(DRAWING_LOCK, { ifAvailable: true }, async (lock) => {
			if (!lock) {
				offer.hidden = true;
				return;
			}
			const changed = new Promise<void>((resolve) => {
				navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
			});
			registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
			await changed;
			location.reload();
		});
	});
}
