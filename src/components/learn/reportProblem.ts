// Delegated, so that buttons drawn later work too.
document.addEventListener('click', (event) => {
	const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-problem]') : null;
	if (button) void import('./problemDialog.ts').then(({ openProblemDialog }) => openProblemDialog(button));
});

// Without a script they would do nothing.
for (const button of document.querySelectorAll<HTMLElement>('[data-problem]')) button.hidden = false;
