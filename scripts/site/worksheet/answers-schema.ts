/** The JSON Schema's side of answers-file.ts: the same in zod, which is too large for a reader's browser. */
import { z } from "zod";
import { FORMAT, LONGEST_NAME, VERSION } from "./answers-file.ts";

export const answersSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  site: z.string().describe("The name of the site."),
  answers: z.array(
    z.object({
      name: z
        .string()
        .max(LONGEST_NAME)
        .regex(/^[^#]*#[^#]+$/)
        .describe("The address of the worksheet's page, #, and the id of its field."),
      text: z.string().min(1).describe("The answer; of choices their ids, a blank apart."),
      question: z.string().describe("The question as it was when it was answered."),
      worksheet: z.string().describe("The worksheet's title at that time."),
    }),
  ),
});
