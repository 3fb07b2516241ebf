import { part } from '../pageData.ts';

/** Noted where something was learned on this device, so that the newcomer's page is not shown first. */
const KNOWN = 'concord.learner';
/** What a change in another tab waits for more of. */
const REST_MS = 300;

const home = part('[data-home]');
let running: Promise<void> | undefined;
let isStale = false;

async function draw(): Promise<void> {
	const failed = part('[data-failed]');
	try {
		// The database and all that folds come after the first paint.
		const { drawHome } = await import('./drawHome.ts');
		const { isNew } = await drawHome();
		note(!isNew);
		failed.hidden = true;
	} catch {
		// The page stays as it was built, or was drawn last, and says that it does.
		failed.hidden = false;
	}
	home.dataset.drawn = '';
}

function note(isKnown: boolean): void {
	try {
		if (isKnown) localStorage.setItem(KNOWN, '');
		else localStorage.removeItem(KNOWN);
	} catch {
		// Blocked: the newcomer's page shows for a moment.
	}
}

/** One drawing at a time; what changes meanwhile is drawn after it. */
async function refresh(): Promise<void> {
	isStale = true;
	if (running) return running;
	while (isStale) {
		isStale = false;
		running = draw();
		await running;
		running = undefined;
	}
}

let timer: ReturnType<typeof setTimeout> | undefined;
function soon(): void {
	clearTimeout(timer);
	timer = setTimeout(() => void refresh(), REST_MS);
}

// PouchDB touches an entry of that database's name when it wrote: other tabs are told.
window.addEventListener('storage', ({ key }) => {
	if (key?.includes('concord-work')) soon();
});
document.addEventListener('visibilitychange', () => {
	if (document.visibilityState === 'visible') soon();
});
window.addEventListener('pageshow', ({ persisted }) => {
	if (persisted) soon();
});

requestAnimationFrame(() => setTimeout(() => void refresh()));
