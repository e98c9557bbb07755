import { isMisreadNumber, isMisreadWord } from './emit-misread.ts';

/** Marks of a character in a scalar without quotes; most letters have none. */
const NOT_FIRST = 1;
const BEGINS_NUMBER = 2;
const BEGINS_WORD = 4;
const IN_CONTEXT = 8;
const UNCOMMON = 16;

const ASCII_MARKS = asciiMarks();

const ENDS_PLAIN = /:(?: |$)| #| $/;
const NOT_PLAIN = /[\p{Cc}\ufffe\uffff\ud800-\udfff\u{10000}-\u{10ffff}]|(?! )\s/u;

/** Whether every parser reads the text, written without quotes, as this very string. */
export function isPlain(text: string): boolean {
  let marks = 0;
  // Stryker disable next-line EqualityOperator: what is behind the end asks for the closer look, no more
  for (let index = 0; index < text.length; index++) marks |= marksOf(text.charCodeAt(index));
  if ((marks & UNCOMMON) !== 0 && NOT_PLAIN.test(text)) return false;
  if ((marks & IN_CONTEXT) !== 0 && ENDS_PLAIN.test(text)) return false;
  return text !== '' && isPlainFrom(marksOf(text.charCodeAt(0)), text);
}

function isPlainFrom(first: number, text: string): boolean {
  if ((first & NOT_FIRST) !== 0) return false;
  if ((first & BEGINS_NUMBER) !== 0) return !isMisreadNumber(text);
  return (first & BEGINS_WORD) === 0 || !isMisreadWord(text);
}

function marksOf(code: number): number {
  return ASCII_MARKS[code] ?? UNCOMMON;
}

function asciiMarks(): Uint8Array {
  const marks = new Uint8Array(0x80).fill(UNCOMMON, 0, 0x20).fill(UNCOMMON, 0x7f);
  const mark = (characters: string, bit: number) => {
    // Stryker disable next-line EqualityOperator: behind the end there is nothing to mark
    for (let index = 0; index < characters.length; index++) {
      const code = characters.charCodeAt(index);
      marks[code] = (marks[code] ?? 0) | bit;
    }
  };
  mark(' ,[]{}&*!|>\'"%@`#?:', NOT_FIRST);
  mark('0123456789+-.', BEGINS_NUMBER);
  mark('tfynoTFYNOeE~=<', BEGINS_WORD);
  mark(' :#', IN_CONTEXT);
  return marks;
}
