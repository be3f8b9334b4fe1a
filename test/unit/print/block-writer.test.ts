import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockWriter } from '../../../src/print/block-writer.ts';

test('whatever is written in whatever pieces, the blocks add up to it', () => {
  const piece = fc.record({ length: fc.oneof(fc.nat(80), fc.nat(300_000)), kind: fc.constantFrom('bytes', 'spaces', 'repeat', 'text') });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const out = new BlockWriter();
      const taken: Buffer[] = [];
      let expected = '';
      for (const { length, kind } of pieces) {
        if (kind === 'bytes') out.bytes(Buffer.alloc(length, 'b'));
        else if (kind === 'text') out.text('t'.repeat(length));
        else if (kind === 'repeat') out.repeat(0x72, length);
        else out.spaces(length);
        out.byte(0x7c);
        expected += { bytes: 'b', text: 't', repeat: 'r', spaces: ' ' }[kind].repeat(length);
        expected += '|';
        taken.push(...out.take());
      }
      taken.push(...out.take(true));
      expect(Buffer.concat(taken).toString() === expected).toBe(true);
      expect(taken.every((block) => block.length > 0)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
