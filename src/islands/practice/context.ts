import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Words } from '../words.ts';
import type { PracticeSession } from './session.ts';
import type { PracticeState } from './state.ts';

/** What every part of the reading room needs. */
export interface Room {
	readonly session: PracticeSession;
	readonly locale: Locale;
	readonly t: Words;
}

export const RoomContext = createContext<Room | undefined>(undefined);

export function useRoom(): Room & { readonly state: PracticeState } {
	const room = useContext(RoomContext);
	if (!room) throw new Error('got no room, expected a RoomContext above');
	return { ...room, state: useSyncExternalStore(room.session.subscribe, () => room.session.state) };
}
