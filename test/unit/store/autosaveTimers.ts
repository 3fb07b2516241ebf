interface Timer {
	readonly ms: number;
	readonly task: () => void;
}

/** Timers that go off when a test says so, the shortest first. */
export class Timers {
	#waiting: Timer[] = [];

	readonly after = (ms: number, task: () => void): (() => void) => {
		const timer = { ms, task };
		this.#waiting.push(timer);
		this.#waiting.sort((a, b) => a.ms - b.ms);
		return () => {
			this.#waiting = this.#waiting.filter((other) => other !== timer);
		};
	};

	get next(): Timer | undefined {
		return this.#waiting[0];
	}

	fire(): void {
		this.#waiting.shift()?.task();
	}
}
