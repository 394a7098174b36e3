/**
 * Events as lines of text, one each: fields between blanks ({@code text}) or commas ({@code csv}).
 *
 * <p>How columns and the unit of time are found, from the first 100 lines (of 64 kB) that are no comments:
 * <ol>
 * <li>A line of names says which column is which, in any order; other columns may stand between them. Names in a
 *     comment ({@code # t x y p}) do, too. The time is {@code t}, {@code ts}, {@code time}, {@code timestamp} or
 *     {@code timestamps}, with or without its unit ({@code t_s}, {@code timestamp_us}, {@code time_ms},
 *     {@code t_ns}, {@code t[us]}); polarity is {@code p}, {@code pol}, {@code polarity} or {@code on}; x and y may
 *     have the sensor's sides behind them ({@code x@640}), as faery writes them.
 * <li>Without names, columns are {@code t x y p} (as the Robotics and Perception Group has them) or
 *     {@code x y p t} (as OpenEB has them): in which more of the lines are events; where both fit equally,
 *     {@code t x y p} between blanks and {@code x,y,p,t} between commas.
 * <li>Where no name says the unit, times are seconds if one of the lines has a time with a point or an exponent, and
 *     microseconds if all are whole numbers; a line with a point is then no event.
 * </ol>
 *
 * <p>Times are read as decimals, digit by digit, and rounded to the nearest microsecond, halves away from zero; they
 * lie within 10<sup>18</sup> microseconds of zero. x and y are whole numbers; polarity is 0 or 1, -1 or 1, false or
 * true. A line that is no event is left out with a warning; where more than half of the first lines are none, the file
 * is of another format. Empty lines and those that begin with {@code #} or {@code %} are comments; one of them may be
 * {@code %geometry:width,height}. A first line of two numbers between blanks is the sensor's width and height, as
 * rpg_e2vid wants it. Lines end with LF or CR LF, and are at most 4096 bytes long.
 */
package org.spikemeter.dvs.format.text;
