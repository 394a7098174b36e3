package org.spikemeter.dvs.frame.slomo;

import java.io.IOException;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.spikemeter.dvs.frame.FfmpegLibraries;

/**
 * FFmpeg's {@code minterpolate}: 8-bit frames go in, numbered 0, 1, 2, and come out numbered 0 to factor, 2 factor, and
 * so on, a frame or two later. The last interval comes only when something has been put behind it.
 */
final class MotionFilter implements AutoCloseable {
    private final int width;
    private final int height;
    private final AVFilterGraph graph;
    private final AVFilterContext source;
    private final AVFilterContext sink;
    private final AVFrame input;
    private final AVFrame output;

    private MotionFilter(final int width, final int height) {
        this.width = width;
        this.height = height;
        this.graph = avfilter.avfilter_graph_alloc();
        this.source = avfilter.avfilter_graph_alloc_filter(graph, avfilter.avfilter_get_by_name("buffer"), "in");
        this.sink = avfilter.avfilter_graph_alloc_filter(graph, avfilter.avfilter_get_by_name("buffersink"), "out");
        this.input = avutil.av_frame_alloc();
        this.output = avutil.av_frame_alloc();
    }

    /** A filter for frames of one size. */
    static MotionFilter open(final int width, final int height, final int factor) throws IOException {
        FfmpegLibraries.load("take slow motion that is linear", avutil.class, swresample.class, avcodec.class,
            avformat.class, swscale.class, avfilter.class);
        final MotionFilter filter = new MotionFilter(width, height);
        boolean opened = false;
        try {
            filter.connect(factor);
            opened = true;
        } finally {
            if (!opened) {
                filter.close();
            }
        }
        return filter;
    }

    private void connect(final int factor) throws IOException {
        // one thread: the same frames every time, and processors are left for other clips
        graph.nb_threads(1);
        check("buffer", avfilter.avfilter_init_str(source, "video_size=" + width + "x" + height + ":pix_fmt="
            + avutil.AV_PIX_FMT_GRAY8 + ":time_base=1/1:frame_rate=1/1:pixel_aspect=1/1"));
        check("buffersink", avfilter.avfilter_init_str(sink, (String) null));
        final AVFilterContext motion = avfilter.avfilter_graph_alloc_filter(graph,
            avfilter.avfilter_get_by_name("minterpolate"), "motion");
        check("minterpolate", avfilter.avfilter_init_str(motion, "fps=" + factor + ":mi_mode=mci"));
        final AVFilterContext grey = avfilter.avfilter_graph_alloc_filter(graph,
            avfilter.avfilter_get_by_name("format"), "grey");
        check("format", avfilter.avfilter_init_str(grey, "pix_fmts=gray"));
        check("link", avfilter.avfilter_link(source, 0, motion, 0));
        check("link", avfilter.avfilter_link(motion, 0, grey, 0));
        check("link", avfilter.avfilter_link(grey, 0, sink, 0));
        check("graph", avfilter.avfilter_graph_config(graph, null));
    }

    /** Puts a frame in. */
    void push(final byte[] grey, final long number) throws IOException {
        input.format(avutil.AV_PIX_FMT_GRAY8);
        input.width(width);
        input.height(height);
        input.pts(number);
        check("frame", avutil.av_frame_get_buffer(input, 0));
        final BytePointer rows = input.data(0);
        for (int y = 0; y < height; y++) {
            rows.position((long) y * input.linesize(0)).put(grey, y * width, width);
        }
        // takes the buffer along
        check("push", avfilter.av_buffersrc_add_frame(source, input));
    }

    /**
     * Takes a frame out.
     *
     * @return its number; -1 where none is ready, and {@code grey} is as it was
     */
    long pull(final byte[] grey) throws IOException {
        final int result = avfilter.av_buffersink_get_frame(sink, output);
        if (result == avutil.AVERROR_EAGAIN()) {
            return -1;
        }
        check("pull", result);
        final BytePointer rows = output.data(0);
        for (int y = 0; y < height; y++) {
            rows.position((long) y * output.linesize(0)).get(grey, y * width, width);
        }
        final long number = output.pts();
        avutil.av_frame_unref(output);
        return number;
    }

    private static void check(final String what, final int result) throws IOException {
        if (result < 0) {
            try (BytePointer message = new BytePointer(avutil.AV_ERROR_MAX_STRING_SIZE)) {
                avutil.av_strerror(result, message, message.capacity());
                throw new IOException("FFmpeg's minterpolate (" + what + "): "
                    + message.getString().split("\0", 2)[0]);
            }
        }
    }

    @Override
    public void close() {
        avutil.av_frame_free(input);
        avutil.av_frame_free(output);
        avfilter.avfilter_graph_free(graph);
    }
}
