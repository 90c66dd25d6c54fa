'use strict';
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const short = new Intl.NumberFormat(data.locale, { notation: 'compact', maximumFractionDigits: 1 });
  const html = echarts.format.encodeHTML;
  const colour = code => '#' + code;

  function ink(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // A point has the value that places it and the text that Java wrote of it.
  function point(table, row, column) {
    return { value: table.rows[row][column], text: table.texts[row][column] };
  }

  function tooltip(params) {
    const points = (Array.isArray(params) ? params : [params]).filter(p => p.data && p.data.text);
    const lines = points.map(p => p.marker + html(p.seriesName || '') + ' <b>' + html(p.data.text) + '</b>');
    return points.length ? html(points[0].name) + '<br>' + lines.join('<br>') : '';
  }

  function base(chart, names, legend) {
    return {
      animation: false,
      textStyle: { color: ink('--ink'), fontFamily: 'inherit' },
      tooltip: {
        trigger: 'axis', confine: true, formatter: tooltip,
        backgroundColor: ink('--paper'), borderColor: ink('--line'), textStyle: { color: ink('--ink') },
      },
      legend: { show: legend, bottom: 0, itemWidth: 16, textStyle: { color: ink('--ink') } },
      grid: { left: 8, right: 16, top: 28, bottom: legend ? 52 : 8, containLabel: true },
      xAxis: {
        type: 'category', data: names, axisLabel: { color: ink('--soft'), hideOverlap: true },
        axisLine: { lineStyle: { color: ink('--line') } },
      },
      yAxis: {
        type: 'value', name: chart.unit, nameTextStyle: { color: ink('--soft') },
        axisLabel: { color: ink('--soft'), formatter: value => short.format(value) },
        splitLine: { lineStyle: { color: ink('--line') } },
      },
    };
  }

  function lines(chart, table) {
    const option = base(chart, chart.columns.map(c => table.titles[c]), chart.rows.length > 1);
    option.series = chart.rows.map((row, i) => ({
      type: 'line', name: table.texts[row][chart.labels], connectNulls: false, symbolSize: 6,
      lineStyle: { width: i === 0 ? 4 : 2 }, // the first is that of all currencies
      color: colour(data.colours.series[i % data.colours.series.length]),
      data: chart.columns.map(column => point(table, row, column)),
    }));
    return option;
  }

  function bars(chart, table, stacked) {
    const colours = stacked ? data.colours.ages : data.colours.series;
    const option = base(chart, chart.rows.map(r => table.texts[r][chart.labels]), true);
    option.tooltip.axisPointer = { type: 'shadow' };
    option.xAxis.axisLabel = { color: ink('--soft'), interval: 0, rotate: chart.rows.length > 6 ? 30 : 0 };
    option.series = chart.columns.map((column, i) => ({
      type: 'bar', name: table.titles[column], stack: stacked ? 'all' : undefined,
      color: colour(colours[i % colours.length]),
      data: chart.rows.map(row => point(table, row, column)),
    }));
    return option;
  }

  function waterfall(chart, table) {
    const row = chart.rows[0];
    const option = base(chart, chart.columns.map(c => table.titles[c]), false);
    const under = [];
    const seen = [];
    let balance = 0;
    chart.columns.forEach((column, i) => {
      const of = point(table, row, column);
      const value = of.value || 0;
      const whole = i === 0 || i === chart.columns.length - 1;
      const after = whole ? value : balance + value;
      under.push(whole ? 0 : Math.min(balance, after));
      seen.push({
        value: Math.abs(value), text: of.text,
        itemStyle: { color: colour(data.colours.steps[whole ? 0 : value >= 0 ? 1 : 2]) },
      });
      balance = after;
    });
    option.tooltip.axisPointer = { type: 'shadow' };
    option.xAxis.axisLabel = { color: ink('--soft'), interval: 0, rotate: 30 };
    option.series = [
      { type: 'bar', stack: 'all', silent: true, itemStyle: { color: 'transparent' }, data: under },
      { type: 'bar', stack: 'all', name: chart.unit, data: seen },
    ];
    return option;
  }

  // A bar from the lower to the higher limit, and the figure itself as a point in it.
  function limits(chart, table) {
    const [middle, low, high] = chart.columns;
    const option = base(chart, chart.rows.map(r => table.texts[r][chart.labels]), false);
    const none = row => table.rows[row][low] === null || table.rows[row][high] === null;
    option.tooltip.axisPointer = { type: 'shadow' };
    option.xAxis.axisLabel = { color: ink('--soft'), interval: 0, rotate: chart.rows.length > 6 ? 30 : 0 };
    option.series = [
      {
        type: 'bar', stack: 'all', silent: true, itemStyle: { color: 'transparent' },
        data: chart.rows.map(row => none(row) ? null : table.rows[row][low]),
      },
      {
        type: 'bar', stack: 'all', name: table.titles[low] + ' – ' + table.titles[high], barMaxWidth: 28,
        color: colour(data.colours.series[5]),
        data: chart.rows.map(row => none(row) ? null : {
          value: table.rows[row][high] - table.rows[row][low],
          text: table.texts[row][low] + ' – ' + table.texts[row][high],
        }),
      },
      {
        type: 'scatter', name: table.titles[middle], symbolSize: 9, color: colour(data.colours.series[0]),
        data: chart.rows.map(row => point(table, row, middle)),
      },
    ];
    return option;
  }

  // A disc a cell, as large as its share of the row.
  function matrix(chart, table) {
    const option = base(chart, chart.columns.map(c => table.titles[c]), false);
    option.grid.top = 12;
    option.tooltip.trigger = 'item';
    option.tooltip.formatter = params => html(params.data.text);
    option.xAxis.axisLabel = { color: ink('--soft'), interval: 0, rotate: 40 };
    option.xAxis.splitLine = { show: true, lineStyle: { color: ink('--line') } };
    option.yAxis = {
      type: 'category', inverse: true, data: chart.rows.map(r => table.texts[r][chart.labels]),
      axisLabel: { color: ink('--soft'), interval: 0 }, axisLine: { lineStyle: { color: ink('--line') } },
      splitLine: { show: true, lineStyle: { color: ink('--line') } },
    };
    option.series = [{
      type: 'scatter', color: colour(data.colours.series[0]),
      symbolSize: value => 3 + 19 * Math.sqrt(value[2] / 100),
      data: chart.rows.flatMap((row, y) => chart.columns.map((column, x) => ({
        value: [x, y, table.rows[row][column]],
        text: table.texts[row][chart.labels] + ' → ' + table.titles[column] + ': '
          + table.texts[row][column] + ' ' + chart.unit,
      })).filter(it => it.value[2] !== null)),
    }];
    return option;
  }

  const kinds = {
    LINES: lines,
    STACKED: (chart, table) => bars(chart, table, true),
    BARS: (chart, table) => bars(chart, table, false),
    WATERFALL: waterfall,
    LIMITS: limits,
    MATRIX: matrix,
  };

  const drawn = [];
  Object.values(data.sections).forEach(section => section.charts.forEach(chart => {
    const place = document.querySelector('[data-chart="' + CSS.escape(chart.id) + '"]');
    if (chart.kind === 'MATRIX') {
      place.style.height = Math.max(320, 120 + 26 * chart.rows.length) + 'px';
    }
    const drawing = echarts.init(place, null, { renderer: 'svg' });
    drawn.push({ drawing, place, option: () => kinds[chart.kind](chart, section.tables[chart.table]) });
  }));

  // The box lets a drawing shrink on paper, whose width no script is told in time.
  function fit(it) {
    it.drawing.resize();
    const svg = it.place.querySelector('svg');
    svg.setAttribute('viewBox', '0 0 ' + it.drawing.getWidth() + ' ' + it.drawing.getHeight());
  }

  function draw() {
    drawn.forEach(it => {
      it.drawing.setOption(it.option(), true);
      fit(it);
    });
  }

  draw();
  window.addEventListener('resize', () => drawn.forEach(fit));
  // Paper is light, whatever the screen is.
  ['(prefers-color-scheme: dark)', 'print'].forEach(query =>
    window.matchMedia(query).addEventListener('change', () =>
      drawn.forEach(it => it.drawing.setOption(it.option(), true))));

  function compare(a, b) {
    if (a === null || b === null) {
      return a === b ? 0 : a === null ? 1 : -1; // what is missing comes last
    }
    return typeof a === 'number' ? a - b : a.localeCompare(b, data.locale);
  }

  document.querySelectorAll('table[data-table]').forEach(element => {
    const section = data.sections[element.closest('section').id];
    const table = section.tables.find(it => it.id === element.dataset.table);
    const body = element.tBodies[0];
    const rows = Array.from(body.rows);
    element.querySelectorAll('th').forEach((head, column) => {
      // Not a button: browsers do not repeat those in the header of every printed page.
      const button = document.createElement('span');
      button.setAttribute('role', 'button');
      button.tabIndex = 0;
      button.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          button.click();
        }
      });
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        element.querySelectorAll('th').forEach(it => it.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const value = i => table.rows[i][column];
        rows.map((row, i) => i)
          .sort((i, j) => {
            const missing = value(i) === null || value(j) === null;
            return compare(value(i), value(j)) * (down && !missing ? -1 : 1) || i - j;
          })
          .forEach(i => body.appendChild(rows[i]));
      });
    });
  });
})();
