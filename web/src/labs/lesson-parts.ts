import { defineElements } from '../parts/define.js';
import { ExercisePart } from '../parts/exercise.js';
import { ScriptEditor } from '../parts/script-editor.js';
import { TeacherNotes } from '../parts/teacher-notes.js';

/** The parts of a lesson beside its program: not every reader comes to them. */
export function define(): void {
  defineElements({
    'heapyard-script-editor': ScriptEditor,
    'heapyard-exercise': ExercisePart,
    'heapyard-teacher-notes': TeacherNotes,
  });
}
