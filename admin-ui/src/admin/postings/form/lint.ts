import type { FormInstance } from 'antd';
import { Form } from 'antd';
import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { LintPostingDocument, type LintPostingQuery } from '../../gql/graphql';
import { type PostingValues, toPostingInput } from './values';

export type Check = NonNullable<LintPostingQuery['lintPosting']>;

/** After the last key; sooner, every letter would be a question. */
const PAUSE_MS = 600;

/** What the server says of the form while it is filled in; nothing before a hiring party is named, whose place and kind count. */
export function useLint(form: FormInstance<PostingValues>): Check | null {
  const client = useClient();
  const values = Form.useWatch([], { form, preserve: true }) as PostingValues | undefined;
  const [check, setCheck] = useState<Check | null>(null);
  const asked = values?.partyId ? JSON.stringify(toPostingInput(values)) : null;
  useEffect(() => {
    if (!asked) return;
    let alive = true;
    const timer = setTimeout(() => {
      void client
        .query(LintPostingDocument, { input: JSON.parse(asked) }, { requestPolicy: 'network-only' })
        .toPromise()
        .then(({ data }) => alive && data?.lintPosting && setCheck(data.lintPosting));
    }, PAUSE_MS);
    return () => {
      alive = false;
      clearTimeout(timer);
    };
  }, [client, asked]);
  return asked ? check : null;
}
