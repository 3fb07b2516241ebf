import { createContext, useContext } from 'react';
import type { OpenSession } from './openSession.ts';
import type { Review } from './review.ts';
import type { OpenState } from './state.ts';
import type { Words } from './words.ts';

export interface OpenRoom extends Words {
	readonly session: OpenSession;
	readonly state: OpenState;
	readonly review: Review;
}

export const OpenContext = createContext<OpenRoom | undefined>(undefined);

/** The page's session, its state and its words. */
export function useOpenRoom(): OpenRoom {
	const room = useContext(OpenContext);
	if (!room) throw new Error('got no room, expected to be inside OpenContext');
	return room;
}
