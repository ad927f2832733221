/** `node validate.mjs < schema.graphql`: does graphql-js accept the SDL? Prints what it objects to; exit code 1 if anything. */
import { readFileSync } from 'node:fs';
import { buildSchema, validateSchema } from 'graphql';

let errors;
try {
  errors = validateSchema(buildSchema(readFileSync(0, 'utf8'), { assumeValidSDL: false }));
} catch (error) {
  errors = [error];
}
for (const error of errors) console.log(error.message);
process.exitCode = errors.length === 0 ? 0 : 1;
