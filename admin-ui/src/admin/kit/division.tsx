import { Cascader } from 'antd';
import { useEffect, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { DivisionChildrenDocument, DivisionNameDocument } from '../gql/graphql';

interface Option {
  value: string;
  label: string;
  isLeaf?: boolean;
  children?: Option[];
}

interface Props {
  id?: string;
  value?: string | undefined;
  onChange?: (code: string | undefined) => void;
  allowClear?: boolean;
  'aria-label'?: string;
}

/** County → township → village, fetched as it is opened. Any level may be chosen; the value is the division's code. */
export function DivisionPicker({ id, value, onChange, allowClear, ...rest }: Props) {
  const t = useT();
  const client = useClient();
  const { viewer } = useSession();
  const root = viewer.tenant.code;
  const [options, setOptions] = useState<Option[]>([]);
  const [named, setNamed] = useState<{ code: string; name: string } | null>(null);

  const children = async (parent: string): Promise<Option[]> => {
    const { data } = await client.query(DivisionChildrenDocument, { parent }).toPromise();
    return (data?.divisions ?? []).map((d) => ({ value: d.code, label: d.name, isLeaf: d.level === 'VILLAGE' }));
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once per city; `children` is made anew on each render
  useEffect(() => {
    let alive = true;
    void children(root).then((list) => alive && setOptions(list));
    return () => {
      alive = false;
    };
  }, [root]);

  useEffect(() => {
    if (!value || named?.code === value) return;
    let alive = true;
    void client
      .query(DivisionNameDocument, { code: value })
      .toPromise()
      .then(({ data }) => alive && data?.division && setNamed({ code: value, name: data.division.fullName }));
    return () => {
      alive = false;
    };
  }, [client, value, named]);

  const load = async (path: Option[]) => {
    const last = path.at(-1);
    if (!last) return;
    const list = await children(last.value);
    if (list.length) last.children = list;
    else last.isLeaf = true;
    setOptions((all) => [...all]);
  };

  return (
    <Cascader
      {...rest}
      {...(id ? { id } : {})}
      options={options}
      loadData={(path) => void load(path as Option[])}
      changeOnSelect
      allowClear={allowClear ?? false}
      placeholder={t('division.placeholder')}
      value={value ? [value] : []}
      displayRender={(labels) => (value && named?.code === value ? named.name : labels.join(' '))}
      onChange={(path) => onChange?.((path as string[] | undefined)?.at(-1))}
      style={{ width: '100%' }}
    />
  );
}

/** A division by its own name. */
export function DivisionName({ code }: { code: string }) {
  const [{ data }] = useQuery({ query: DivisionNameDocument, variables: { code }, requestPolicy: 'cache-first' });
  return <>{data?.division?.fullName ?? code}</>;
}
