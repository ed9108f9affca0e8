import { defineProblem } from '../../src/http/index.js';

export const notesProblems = {
  noteNotFound: defineProblem(404, 'NOTE_NOT_FOUND', 'Note not found', () => 'This tenant has no such note.'),
};
