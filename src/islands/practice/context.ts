import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Words } from '../words.ts';
import type { PracticeSession } from './session.ts';

/** What every part of the reading room needs. */
export interface Room {
	readonly session: PracticeSession;
	readonly locale: Locale;
	readonly t: Words;
}

export const RoomContext = createContext<Room | undefined>(undefined);

export function useRoom(): Room {
	const room = useContext(RoomContext);
	if (!room) throw new Error('got no room, expected a RoomContext above');
	return room;
}

/**
 * What a component shows of the session. It renders anew only where one of the values is another: of what changes in
 * place, such as a mask, read the figure that is shown or its version.
 */
export function useRead<Values extends object>(read: (session: PracticeSession) => Values): Values {
	const { session } = useRoom();
	const last = useRef<Values>(undefined);
	return useSyncExternalStore(session.subscribe, () => {
		const values = read(session);
		if (!last.current || !sameValues(last.current, values)) last.current = values;
		return last.current;
	});
}

function sameValues<Values extends object>(a: Values, b: Values): boolean {
	const keys = Object.keys(a) as (keyof Values)[];
	return keys.length === Object.keys(b).length && keys.every((key) => key in b && Object.is(a[key], b[key]));
}
