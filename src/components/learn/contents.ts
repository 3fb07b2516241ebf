/** Marks in the contents the heading that is being read: the last one above the upper third of the window. */
const links = [...document.querySelectorAll<HTMLAnchorElement>('.toc .sub a')];
const parts = links.flatMap((link) => {
	const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
	return heading ? [{ link, heading }] : [];
});

function mark(): void {
	const line = window.innerHeight / 3;
	const read = parts.findLast(({ heading }) => heading.getBoundingClientRect().top <= line) ?? parts[0];
	for (const { link } of parts)
		if (link === read?.link) link.setAttribute('aria-current', 'location');
		else link.removeAttribute('aria-current');
}

let waiting = false;
addEventListener(
	'scroll',
	() => {
		if (waiting) return;
		waiting = true;
		requestAnimationFrame(() => {
			waiting = false;
			mark();
		});
	},
	{ passive: true },
);
mark();
