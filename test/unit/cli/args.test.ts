import { expect, test } from 'vitest';
import { parseArgs, parsePort, UsageError } from '../../../src/cli/launcher/args.mjs';

const SPEC = { port: 'value', data: 'value', help: 'flag' } as const;

test('a value may stand after a space or an equals sign', () => {
	expect(parseArgs(['--port', '4000', '--data=/tmp/a b'], SPEC).options).toEqual({ port: '4000', data: '/tmp/a b' });
});

test('no words give no options', () => {
	expect(parseArgs([], SPEC)).toEqual({ options: {}, rest: [] });
});

test('-h is --help', () => {
	expect(parseArgs(['-h'], SPEC).options).toEqual({ help: true });
});

test('everything wrong with a line is said at once', () => {
	const read = () => parseArgs(['--prot', '--port', '--help=yes', 'word'], SPEC);
	expect(read).toThrow(UsageError);
	expect(read).toThrow(
		'--prot is not an option; --port needs a value; --help takes no value; "word" is not expected here',
	);
});

test('an option is not mistaken for the value of the one before it', () => {
	expect(() => parseArgs(['--data', '--port', '4000'], SPEC)).toThrow('--data needs a value');
});

test('a name that every object has is not an option', () => {
	expect(() => parseArgs(['--constructor'], SPEC)).toThrow('--constructor is not an option');
});

test('as many words as are welcome are kept', () => {
	expect(parseArgs(['viewer', '--help'], SPEC, { positionals: 1 }).rest).toEqual(['viewer']);
});

test('a port is a whole number from 1 to 65535', () => {
	expect(parsePort('4321')).toBe(4321);
	for (const wrong of ['0', '65536', '-1', '80.5', '8e3', '0x50', 'http'])
		expect(() => parsePort(wrong), wrong).toThrow('expected a whole number');
});
