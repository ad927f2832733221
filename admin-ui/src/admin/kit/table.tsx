import { Table, type TableProps } from 'antd';
import { useEffect, useRef } from 'react';

type Props<R> = TableProps<R> & {
  'aria-label'?: string;
  /** Too many columns to be told one below the other. */
  matrix?: boolean;
};

/** The name of its column, for a phone, where a row is a card and the head of the table is not shown. */
function named<R extends object>(columns: TableProps<R>['columns']): TableProps<R>['columns'] {
  return columns?.map((column) => ({ ...column, onCell: () => ({ 'data-label': column.title }) as object }));
}

/** antd's table, read only by keyboard too: where it scrolls sideways, the part that scrolls can take the focus. On a phone its rows are cards. */
export function DataTable<R extends object>({ matrix = false, columns, ...props }: Props<R>) {
  const box = useRef<HTMLDivElement>(null);
  const label = props['aria-label'];
  useEffect(() => {
    const mark = () => {
      for (const part of box.current?.querySelectorAll<HTMLElement>('.ant-table-content') ?? []) {
        const scrolls = part.scrollWidth > part.clientWidth + 1;
        if (scrolls) part.setAttribute('tabindex', '0');
        else part.removeAttribute('tabindex');
        part.setAttribute('role', 'group');
        part.setAttribute('aria-label', label ?? document.title);
      }
    };
    mark();
    const observer = new ResizeObserver(mark);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  });
  return (
    <div ref={box} className={matrix ? 'table' : 'table cards'}>
      <Table<R> pagination={false} {...props} columns={matrix ? columns : named(columns)} />
    </div>
  );
}
