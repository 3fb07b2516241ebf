/** A symbol of the sprite that the page inlines. Says nothing by itself: its button has the words. */
export function Icon({ name, small = false }: { name: string; small?: boolean }) {
	return (
		<svg className={small ? 'ic s' : 'ic'} aria-hidden="true">
			<use href={`#i-${name}`} />
		</svg>
	);
}
