import { textOfBytes } from "../../match/bytes.ts";
import { matchesText } from "../../match/matches.ts";
import type { Piece, Text } from "../../model/rule.ts";
import { atom, isExactly } from "./atoms.ts";
import { and, type Formula, not, or } from "./formula.ts";
import { eitherShape } from "./shapes.ts";

/** That a header which repeats a claim matches one of some patterns: the header has the bytes of its characters, and an empty claim is not written. */
export function claimWritten(claim: string, field: string, texts: readonly Text[]): Formula {
  const is = atom(claim, eitherShape(field, texts.map(ofCharacters)));
  return texts.some((text) => matchesText(text, "")) ? and(is, not(isEmpty(claim))) : is;
}

/** That no header repeats a claim. */
export function claimUnwritten(claim: string): Formula {
  return or({ kind: "absent", attribute: claim }, isEmpty(claim));
}

function isEmpty(claim: string): Formula {
  return isExactly(claim, "", "");
}

/** A pattern of bytes as one of characters. */
function ofCharacters(text: Text): Text {
  switch (text.kind) {
    case "exact":
    case "prefix":
    case "suffix":
      return { ...text, text: textOfBytes(text.text) };
    case "sequence":
      return { ...text, pieces: text.pieces.map(pieceOfCharacters) };
    default:
      return text;
  }
}

function pieceOfCharacters(piece: Piece): Piece {
  return typeof piece === "string" ? textOfBytes(piece) : piece;
}
